package org.dl4j.q4.kernels;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A window that slides over images: kernel, stride, padding and dilation, each [vertical,
 * horizontal], the convolution mode that says how the borders are treated, and the layout.
 */
public final class Window2d {

  private final int[] kernel;
  private final int[] stride;
  private final int[] padding;
  private final int[] dilation;
  private final ConvolutionMode mode;
  private final CNN2DFormat format;

  /**
   * @param kernel height and width
   * @param stride vertical and horizontal
   * @param padding vertical and horizontal, on each side; not used in mode Same
   * @param dilation vertical and horizontal, 1 for none
   * @param mode how borders are treated
   * @param format layout of the images
   */
  public Window2d(
      int[] kernel,
      int[] stride,
      int[] padding,
      int[] dilation,
      ConvolutionMode mode,
      CNN2DFormat format) {
    this.kernel = kernel.clone();
    this.stride = stride.clone();
    this.padding = padding.clone();
    this.dilation = dilation.clone();
    this.mode = mode;
    this.format = format;
  }

  /**
   * @param layer a configuration
   * @return its window
   */
  public static Window2d of(ConvolutionLayer layer) {
    return new Window2d(
        layer.getKernelSize(),
        layer.getStride(),
        layer.getPadding(),
        layer.getDilation(),
        layer.getConvolutionMode(),
        layer.getCnn2dDataFormat());
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
   * The size of the output: {@code ⌈in / stride⌉} in mode Same, else {@code (in + 2·padding −
   * reach) / stride + 1}, rounded down, where the kernel reaches over {@code 1 + (kernel − 1) ·
   * dilation}.
   *
   * @param inputSize height and width of the input
   * @return height and width of the output
   * @throws IllegalArgumentException if the kernel does not fit the input, or in mode Strict the
   *     stride does not
   */
  public long[] outputSize(long[] inputSize) {
    long[] output = new long[2];
    for (int i = 0; i < 2; i++) {
      long span = inputSize[i] + 2L * padding[i] - reach(i);
      boolean same = mode == ConvolutionMode.Same;
      if (!same && (span < 0 || (mode == ConvolutionMode.Strict && span % stride[i] != 0))) {
        throw new IllegalArgumentException(
            String.format(
                "A kernel of %d with stride %d, padding %d and dilation %d does not fit %d in mode"
                    + " %s",
                kernel[i], stride[i], padding[i], dilation[i], inputSize[i], mode));
      }
      output[i] = same ? (inputSize[i] + stride[i] - 1) / stride[i] : span / stride[i] + 1;
    }
    return output;
  }

  /**
   * @param images a tensor in the layout
   * @return its channels
   */
  public long channels(INDArray images) {
    return images.size(channelsLast() ? 3 : 1);
  }

  /**
   * The padding above and to the left of an image.
   *
   * @param inputSize height and width of the input
   * @param outputSize height and width of the output
   * @return vertical and horizontal padding; may be negative in mode Same if the stride is larger
   *     than the kernel
   */
  public long[] leadingPadding(long[] inputSize, long[] outputSize) {
    long[] leading = new long[2];
    for (int i = 0; i < 2; i++) {
      leading[i] =
          mode == ConvolutionMode.Same
              ? Math.floorDiv(missing(i, inputSize[i], outputSize[i]), 2)
              : padding[i];
    }
    return leading;
  }

  /**
   * The padding below and to the right of an image, as much of it as the window reaches.
   *
   * @param inputSize height and width of the input
   * @param outputSize height and width of the output
   * @return vertical and horizontal padding; negative where the window does not reach the border
   */
  public long[] trailingPadding(long[] inputSize, long[] outputSize) {
    long[] leading = leadingPadding(inputSize, outputSize);
    long[] trailing = new long[2];
    for (int i = 0; i < 2; i++) {
      trailing[i] = missing(i, inputSize[i], outputSize[i]) - leading[i];
    }
    return trailing;
  }

  private long missing(int axis, long input, long output) {
    return (output - 1) * stride[axis] + reach(axis) - input;
  }

  private long reach(int axis) {
    return 1 + (long) (kernel[axis] - 1) * dilation[axis];
  }

  /**
   * @return whether the layout is NHWC
   */
  public boolean channelsLast() {
    return format == CNN2DFormat.NHWC;
  }

  /**
   * @return the layout
   */
  public CNN2DFormat format() {
    return format;
  }

  /**
   * @return how borders are treated
   */
  public ConvolutionMode mode() {
    return mode;
  }

  /**
   * @return height and width
   */
  public int[] kernel() {
    return kernel.clone();
  }

  /**
   * @return vertical and horizontal
   */
  public int[] stride() {
    return stride.clone();
  }

  /**
   * @return vertical and horizontal, on each side; not used in mode Same
   */
  public int[] padding() {
    return padding.clone();
  }

  /**
   * @return vertical and horizontal, 1 for none
   */
  public int[] dilation() {
    return dilation.clone();
  }
}
