package org.dl4j.q4.layers;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A bidirectional LSTM with peepholes and 4-bit weights: {@link GravesBidirectionalLSTM} whose
 * every pass, in training and in inference, uses the quantized values of its weights (see {@link
 * org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in, time] in NCW, [batch, time, in] in NWC; output: as the parent's
 *   <li>{@code WF}: [in, 4 · out], forwards, float, the weights that are updated
 *   <li>{@code RWF}: [out, 4 · out + 3], forwards, float, the weights that are updated
 *   <li>{@code WB}: [in, 4 · out], backwards, float, the weights that are updated
 *   <li>{@code RWB}: [out, 4 · out + 3], backwards, float, the weights that are updated
 *   <li>biases: float, never quantized
 * </ul>
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip.
 */
@SuppressWarnings("deprecation")
public final class Q4GravesBidirectionalLSTM extends GravesBidirectionalLSTM
    implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4GravesBidirectionalLSTM() {}

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
        new QuantizedParameter("WF", 1, 4 * getNOut()),
        new QuantizedParameter("RWF", 1, 4 * getNOut() + 3),
        new QuantizedParameter("WB", 1, 4 * getNOut()),
        new QuantizedParameter("RWB", 1, 4 * getNOut() + 3));
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
        "Q4GravesBidirectionalLSTM", getLayerName(), layerIndex, getNIn(), getNOut());
    return RuntimeSetup.initialize(
        new GravesBidirectionalLstmRuntime(conf, networkDataType),
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
  public Q4GravesBidirectionalLSTM clone() {
    return (Q4GravesBidirectionalLSTM) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4GravesBidirectionalLSTM
        && super.equals(other)
        && quantization.equals(((Q4GravesBidirectionalLSTM) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4GravesBidirectionalLSTM;
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
   * Everything {@link GravesBidirectionalLSTM.Builder} accepts, and {@link QuantizationBuilder},
   * whose methods come first in a chain: the parent's return the parent's type.
   */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends GravesBidirectionalLSTM.Builder
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
    public Q4GravesBidirectionalLSTM build() {
      return LayerCopy.quantized(super.build(), Q4GravesBidirectionalLSTM.class, quantization);
    }
  }
}
