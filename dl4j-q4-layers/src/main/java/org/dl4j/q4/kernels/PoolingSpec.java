package org.dl4j.q4.kernels;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a {@link PoolingKernel} is made for: kind and window of a 2D pooling. */
public final class PoolingSpec {

  private final PoolingType type;
  private final Window2d window;
  private final boolean paddingCounts;

  /**
   * @param layer the configuration that holds them
   * @param mode the convolution mode in force
   */
  public PoolingSpec(SubsamplingLayer layer, ConvolutionMode mode) {
    this.type = layer.getPoolingType();
    this.window =
        new Window2d(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation(),
            mode,
            layer.getCnn2dDataFormat());
    this.paddingCounts = layer.isAvgPoolIncludePadInDivisor();
  }

  /**
   * @return maximum, average, …
   */
  public PoolingType type() {
    return type;
  }

  /**
   * @return kernel, stride, padding, dilation, layout
   */
  public Window2d window() {
    return window;
  }

  /**
   * @return whether an average counts the padding as elements
   */
  public boolean paddingCounts() {
    return paddingCounts;
  }

  /**
   * @param input the input images
   * @return the output's shape, in the input's layout
   */
  public long[] outputShape(INDArray input) {
    return window.outputShape(input, window.channels(input));
  }
}
