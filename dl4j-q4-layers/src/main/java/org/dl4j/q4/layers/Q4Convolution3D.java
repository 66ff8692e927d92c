package org.dl4j.q4.layers;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A 3D convolution with 4-bit weights: {@link Convolution3D} whose every pass, in training and in
 * inference, uses the quantized values of its weights (see {@link org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in, depth, height, width] in NCDHW, [batch, depth, height, width, in] in
 *       NDHWC; output: as the parent's
 *   <li>{@code W}: [out, in, kernel depth, kernel height, kernel width], float, the weights that
 *       are updated
 *   <li>biases: float, never quantized
 * </ul>
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip.
 */
public final class Q4Convolution3D extends Convolution3D implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4Convolution3D() {}

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
    return List.of(new QuantizedParameter("W", 0, getNOut()));
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
        "Q4Convolution3D", getLayerName(), layerIndex, getNIn(), getNOut());
    return RuntimeSetup.initialize(
        new Convolution3dRuntime(conf, networkDataType),
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
  public Q4Convolution3D clone() {
    return (Q4Convolution3D) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4Convolution3D
        && super.equals(other)
        && quantization.equals(((Q4Convolution3D) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4Convolution3D;
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
   * Everything {@link Convolution3D.Builder} accepts, and {@link QuantizationBuilder}, whose
   * methods come first in a chain: the parent's return the parent's type.
   */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends Convolution3D.Builder
      implements QuantizationBuilder<Builder> {

    private WeightQuantization quantization = WeightQuantization.PAPER;

    /** The parent's defaults. */
    public Builder() {}

    /**
     * @param kernelSize size of the kernel
     */
    public Builder(int... kernelSize) {
      super(kernelSize);
    }

    /**
     * @param kernelSize size of the kernel
     * @param stride stride
     */
    public Builder(int[] kernelSize, int[] stride) {
      super(kernelSize, stride);
    }

    /**
     * @param kernelSize size of the kernel
     * @param stride stride
     * @param padding padding
     */
    public Builder(int[] kernelSize, int[] stride, int[] padding) {
      super(kernelSize, stride, padding);
    }

    /**
     * @param kernelSize size of the kernel
     * @param stride stride
     * @param padding padding
     * @param dilation dilation
     */
    public Builder(int[] kernelSize, int[] stride, int[] padding, int[] dilation) {
      super(kernelSize, stride, padding, dilation);
    }

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
    public Q4Convolution3D build() {
      return LayerCopy.quantized(super.build(), Q4Convolution3D.class, quantization);
    }
  }
}
