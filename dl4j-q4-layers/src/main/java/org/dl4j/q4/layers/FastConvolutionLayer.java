package org.dl4j.q4.layers;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link ConvolutionLayer} with the same parameters and the same results, at the speed of the
 * kernels in use (see {@link org.dl4j.q4.kernels.Kernels}), up to their rounding: some 5e-6 of the
 * largest output in FP32, and that of bf16 for kernels of that name. Deeplearning4j 1.0.0-M2.1's
 * own layer never reaches oneDNN: its helper is off, looks for a class that has moved, and once on
 * would freeze networks with weight noise. So this layer asks for no switch, and networks without
 * it stay as they are.
 */
public final class FastConvolutionLayer extends ConvolutionLayer {

  /** For JSON. */
  public FastConvolutionLayer() {}

  private FastConvolutionLayer(Builder builder) {
    super(builder);
    // The parent's constructor takes the layout from its own builder class alone.
    setCnn2dDataFormat(builder.format());
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
        "FastConvolutionLayer", getLayerName(), layerIndex, getNIn(), getNOut());
    return RuntimeSetup.initialize(
        new ConvolutionRuntime(conf, networkDataType),
        conf,
        trainingListeners,
        layerIndex,
        layerParamsView,
        initializeParams);
  }

  @Override
  public FastConvolutionLayer clone() {
    return (FastConvolutionLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FastConvolutionLayer && super.equals(other);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof FastConvolutionLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + 1;
  }

  @Override
  public String toString() {
    return "Fast" + super.toString();
  }

  /** Everything {@link ConvolutionLayer.Builder} accepts. */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends Conv2dBuilder<Builder> {

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
    public FastConvolutionLayer build() {
      validate();
      return new FastConvolutionLayer(this);
    }
  }
}
