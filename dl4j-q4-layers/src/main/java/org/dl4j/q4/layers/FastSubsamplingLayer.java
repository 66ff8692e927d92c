package org.dl4j.q4.layers;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link SubsamplingLayer} with the same results, at the speed of the kernels in use (see {@link
 * org.dl4j.q4.kernels.Kernels}). Where several elements of a window are equally large, the two may
 * give the gradient to different ones of them.
 */
public final class FastSubsamplingLayer extends SubsamplingLayer {

  /** For JSON. */
  public FastSubsamplingLayer() {}

  private FastSubsamplingLayer(Builder builder) {
    super(builder);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    return RuntimeSetup.initialize(
        new SubsamplingRuntime(conf, networkDataType),
        conf,
        trainingListeners,
        layerIndex,
        layerParamsView,
        initializeParams);
  }

  @Override
  public FastSubsamplingLayer clone() {
    return (FastSubsamplingLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FastSubsamplingLayer && super.equals(other);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof FastSubsamplingLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + 1;
  }

  @Override
  public String toString() {
    return "Fast" + super.toString();
  }

  /** Everything {@link SubsamplingLayer.Builder} accepts. */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends SubsamplingLayer.Builder {

    /** Maximum over a 1×1 window with stride 2: the parent's defaults. */
    public Builder() {}

    /**
     * @param poolingType maximum, average, …
     */
    public Builder(PoolingType poolingType) {
      super(poolingType);
    }

    /**
     * @param kernelSize height and width of the window
     */
    public Builder(int... kernelSize) {
      super(kernelSize);
    }

    /**
     * @param kernelSize height and width of the window
     * @param stride vertical and horizontal stride
     */
    public Builder(int[] kernelSize, int[] stride) {
      super(kernelSize, stride);
    }

    /**
     * @param kernelSize height and width of the window
     * @param stride vertical and horizontal stride
     * @param padding vertical and horizontal padding
     */
    public Builder(int[] kernelSize, int[] stride, int[] padding) {
      super(kernelSize, stride, padding);
    }

    /**
     * @param poolingType maximum, average, …
     * @param kernelSize height and width of the window
     */
    public Builder(PoolingType poolingType, int[] kernelSize) {
      super(poolingType, kernelSize);
    }

    /**
     * @param poolingType maximum, average, …
     * @param kernelSize height and width of the window
     * @param stride vertical and horizontal stride
     */
    public Builder(PoolingType poolingType, int[] kernelSize, int[] stride) {
      super(poolingType, kernelSize, stride);
    }

    /**
     * @param poolingType maximum, average, …
     * @param kernelSize height and width of the window
     * @param stride vertical and horizontal stride
     * @param padding vertical and horizontal padding
     */
    public Builder(PoolingType poolingType, int[] kernelSize, int[] stride, int[] padding) {
      super(poolingType, kernelSize, stride, padding);
    }

    /**
     * @param poolingType maximum, average, …
     */
    public Builder(org.deeplearning4j.nn.conf.layers.PoolingType poolingType) {
      super(poolingType);
    }

    /**
     * @param poolingType maximum, average, …
     * @param kernelSize height and width of the window
     */
    public Builder(org.deeplearning4j.nn.conf.layers.PoolingType poolingType, int[] kernelSize) {
      super(poolingType, kernelSize);
    }

    /**
     * @param poolingType maximum, average, …
     * @param kernelSize height and width of the window
     * @param stride vertical and horizontal stride
     * @param padding vertical and horizontal padding
     */
    public Builder(
        org.deeplearning4j.nn.conf.layers.PoolingType poolingType,
        int[] kernelSize,
        int[] stride,
        int[] padding) {
      super(poolingType, kernelSize, stride, padding);
    }

    @Override
    public FastSubsamplingLayer build() {
      if (poolingType == org.deeplearning4j.nn.conf.layers.PoolingType.PNORM && pnorm <= 0) {
        throw new IllegalStateException(
            "p-norm pooling needs pnorm, a positive number; got " + pnorm);
      }
      ConvolutionUtils.validateConvolutionModePadding(convolutionMode, padding);
      ConvolutionUtils.validateCnnKernelStridePadding(kernelSize, stride, padding);
      return new FastSubsamplingLayer(this);
    }
  }
}
