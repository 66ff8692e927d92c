package org.dl4j.q4.layers;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A 2D convolution with 4-bit weights: {@link ConvolutionLayer} whose every pass, in training and
 * in inference, uses the quantized values of its weights (see {@link org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in, height, width] in NCHW, [batch, height, width, in] in NHWC
 *   <li>{@code W}: [out, in, kernel height, kernel width], float, the weights that are updated
 *   <li>{@code b}: [out], float, never quantized
 *   <li>{@code s}: [1] or [out], only with a fixed scale
 *   <li>output: as the parent's
 * </ul>
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip.
 *
 * <p>Swapping a layer is changing {@code new ConvolutionLayer.Builder(…)} to {@code new
 * Q4ConvolutionLayer.Builder(…)}.
 */
public final class Q4ConvolutionLayer extends ConvolutionLayer implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4ConvolutionLayer() {}

  private Q4ConvolutionLayer(Builder builder) {
    super(builder);
    // The parent's constructor takes the layout from its own builder class alone.
    setCnn2dDataFormat(builder.format());
    this.quantization = builder.quantization;
  }

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
    return List.of(new QuantizedParameter(ConvolutionParamInitializer.WEIGHT_KEY, 0, getNOut()));
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
        "Q4ConvolutionLayer", getLayerName(), layerIndex, getNIn(), getNOut());
    return RuntimeSetup.initialize(
        new ConvolutionRuntime(conf, networkDataType),
        conf,
        trainingListeners,
        layerIndex,
        layerParamsView,
        initializeParams);
  }

  @Override
  public ParamInitializer initializer() {
    return FixedScaleInitializer.of(quantization, ConvolutionParamInitializer.getInstance());
  }

  @Override
  public IUpdater getUpdaterByParam(String paramName) {
    return FixedScaleInitializer.updater(this, paramName, super.getUpdaterByParam(paramName));
  }

  @Override
  public Q4ConvolutionLayer clone() {
    return (Q4ConvolutionLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4ConvolutionLayer
        && super.equals(other)
        && quantization.equals(((Q4ConvolutionLayer) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4ConvolutionLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + quantization.hashCode();
  }

  @Override
  public String toString() {
    return "Q4" + super.toString() + "(quantization=" + quantization + ")";
  }

  /** Everything {@link ConvolutionLayer.Builder} accepts, and {@link QuantizationBuilder}. */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends Conv2dBuilder<Builder>
      implements QuantizationBuilder<Builder> {

    private WeightQuantization quantization = WeightQuantization.PAPER;

    /** A 5×5 kernel, stride 1, no padding: the parent's defaults. */
    public Builder() {}

    /**
     * @param kernelSize height and width of the kernel, or one number for both
     */
    public Builder(int... kernelSize) {
      super(kernelSize);
    }

    /**
     * @param kernelSize height and width of the kernel
     * @param stride vertical and horizontal stride
     */
    public Builder(int[] kernelSize, int[] stride) {
      super(kernelSize, stride);
    }

    /**
     * @param kernelSize height and width of the kernel
     * @param stride vertical and horizontal stride
     * @param padding vertical and horizontal padding
     */
    public Builder(int[] kernelSize, int[] stride, int[] padding) {
      super(kernelSize, stride, padding);
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
    public Q4ConvolutionLayer build() {
      validate();
      return new Q4ConvolutionLayer(this);
    }
  }
}
