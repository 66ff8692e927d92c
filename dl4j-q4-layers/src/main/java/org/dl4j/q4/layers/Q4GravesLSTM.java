package org.dl4j.q4.layers;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * An LSTM with peepholes and 4-bit weights: {@link GravesLSTM} whose every pass, in training and in
 * inference, uses the quantized values of its weights (see {@link org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in, time] in NCW, [batch, time, in] in NWC; output: as the parent's
 *   <li>{@code W}: [in, 4 · out], the input weights of all gates, float, the weights that are
 *       updated
 *   <li>{@code RW}: [out, 4 · out + 3], the recurrent weights and, in the last three columns, the
 *       peepholes, float, the weights that are updated
 *   <li>biases: float, never quantized
 * </ul>
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip.
 */
@SuppressWarnings("deprecation")
public final class Q4GravesLSTM extends GravesLSTM implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4GravesLSTM() {}

  @Override
  public WeightQuantization getQuantization() {
    return quantization;
  }

  @Override
  public void setQuantization(WeightQuantization quantization) {
    this.quantization = Objects.requireNonNull(quantization, "quantization");
  }

  @Override
  public List<QuantizedParameter> quantizedParameters() {
    return List.of(
        new QuantizedParameter("W", 1, 4 * getNOut()),
        new QuantizedParameter("RW", 1, 4 * getNOut() + 3));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    LayerValidation.assertNInNOutSet(
        "Q4GravesLSTM", getLayerName(), layerIndex, getNIn(), getNOut());
    return RuntimeSetup.initialize(
        new GravesLstmRuntime(conf, networkDataType),
        conf,
        trainingListeners,
        layerIndex,
        layerParamsView,
        initializeParams);
  }

  @Override
  public ParamInitializer initializer() {
    return FixedScaleInitializer.of(quantization, super.initializer());
  }

  @Override
  public IUpdater getUpdaterByParam(String paramName) {
    return FixedScaleInitializer.updater(this, paramName, super.getUpdaterByParam(paramName));
  }

  @Override
  public Q4GravesLSTM clone() {
    return (Q4GravesLSTM) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4GravesLSTM
        && super.equals(other)
        && quantization.equals(((Q4GravesLSTM) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4GravesLSTM;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + quantization.hashCode();
  }

  @Override
  public String toString() {
    return "Q4" + super.toString() + "(quantization=" + quantization + ")";
  }

  /**
   * Everything {@link GravesLSTM.Builder} accepts, and {@link QuantizationBuilder}, whose methods
   * come first in a chain: the parent's return the parent's type.
   */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends GravesLSTM.Builder
      implements QuantizationBuilder<Builder> {

    private WeightQuantization quantization = WeightQuantization.PAPER;

    /** The parent's defaults. */
    public Builder() {}

    @Override
    public WeightQuantization getQuantization() {
      return quantization;
    }

    @Override
    public Builder quantization(WeightQuantization quantization) {
      this.quantization = Objects.requireNonNull(quantization, "quantization");
      return this;
    }

    @Override
    public Q4GravesLSTM build() {
      return LayerCopy.quantized(super.build(), Q4GravesLSTM.class, quantization);
    }
  }
}
