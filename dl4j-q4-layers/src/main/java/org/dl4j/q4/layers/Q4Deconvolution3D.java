package org.dl4j.q4.layers;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A transposed 3D convolution with 4-bit weights: {@link Deconvolution3D} whose every pass, in
 * training and in inference, uses the quantized values of its weights (see {@link
 * org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in, depth, height, width] in NCDHW, [batch, depth, height, width, in] in
 *       NDHWC; output: as the parent's
 *   <li>{@code W}: [kernel depth, kernel height, kernel width, out, in], float, the weights that
 *       are updated
 *   <li>biases: float, never quantized
 * </ul>
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip.
 */
public final class Q4Deconvolution3D extends Deconvolution3D implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4Deconvolution3D() {}

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
    return List.of(new QuantizedParameter("W", 3, getNOut()));
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
        "Q4Deconvolution3D", getLayerName(), layerIndex, getNIn(), getNOut());
    return RuntimeSetup.initialize(
        new Deconvolution3dRuntime(conf, networkDataType),
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
  public Q4Deconvolution3D clone() {
    return (Q4Deconvolution3D) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4Deconvolution3D
        && super.equals(other)
        && quantization.equals(((Q4Deconvolution3D) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4Deconvolution3D;
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
   * Everything {@link Deconvolution3D.Builder} accepts, and {@link QuantizationBuilder}, whose
   * methods come first in a chain: the parent's return the parent's type.
   */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends Deconvolution3D.Builder
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
    public Q4Deconvolution3D build() {
      return LayerCopy.quantized(super.build(), Q4Deconvolution3D.class, quantization);
    }
  }
}
