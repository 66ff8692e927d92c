package org.dl4j.q4.kernels;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Kernel, stride, padding, dilation and layout of a 2D convolution, as ND4J's ops take them. */
public final class Conv2dGeometry {

  private final int[] kernel;
  private final int[] stride;
  private final int[] padding;
  private final int[] dilation;
  private final ConvolutionMode mode;
  private final CNN2DFormat format;

  /**
   * @param layer the configuration that holds them
   */
  public Conv2dGeometry(ConvolutionLayer layer) {
    this.kernel = layer.getKernelSize();
    this.stride = layer.getStride();
    this.padding = layer.getPadding();
    this.dilation = layer.getDilation();
    this.mode = layer.getConvolutionMode();
    this.format = layer.getCnn2dDataFormat();
  }

  /**
   * Whether ND4J can hand this convolution to oneDNN. Its helper in 1.0.0-M2.1 forgets the dilation
   * when it works out the padding, so that oneDNN refuses and the op fails. A stride that leaps
   * over the kernel may give "same" a negative padding, which fails as well; DL4J's own code says
   * so in its message.
   *
   * @return true if it can
   */
  public boolean fitsOneDnn() {
    for (int i = 0; i < kernel.length; i++) {
      boolean dilated = dilation[i] > 1 && kernel[i] > 1;
      boolean negativePadding = mode == ConvolutionMode.Same && stride[i] > kernel[i] + 1;
      if (dilated || negativePadding) {
        return false;
      }
    }
    return true;
  }

  /**
   * The shape of the output.
   *
   * @param input the input, [batch, channels, height, width] or [batch, height, width, channels]
   * @param channels output channels
   * @return the output's shape, in the input's layout
   * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if kernel, stride and padding
   *     do not fit the input
   */
  public long[] outputShape(INDArray input, long channels) {
    int[] pad = mode == ConvolutionMode.Same ? null : padding;
    int[] size = ConvolutionUtils.getOutputSize(input, kernel, stride, pad, mode, dilation, format);
    return format == CNN2DFormat.NCHW
        ? new long[] {input.size(0), channels, size[0], size[1]}
        : new long[] {input.size(0), size[0], size[1], channels};
  }

  /**
   * @return whether the layout is NHWC
   */
  boolean channelsLast() {
    return format == CNN2DFormat.NHWC;
  }

  /**
   * @return the integer arguments of {@code conv2d} and {@code conv2d_bp}
   */
  int[] arguments() {
    boolean same = mode == ConvolutionMode.Same;
    return new int[] {
      kernel[0],
      kernel[1],
      stride[0],
      stride[1],
      same ? 0 : padding[0], // the op works the padding of "same" out itself
      same ? 0 : padding[1],
      dilation[0],
      dilation[1],
      same ? 1 : 0,
      channelsLast() ? 1 : 0,
      1 // weights are [out, in, height, width]
    };
  }
}
