package org.dl4j.q4.onednn;

import java.util.Arrays;
import org.dl4j.q4.kernels.Window2d;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link Window2d} over images of a known size, in oneDNN's terms. */
final class Windows {

  final long[] kernel;
  final long[] stride;

  /** 0 for none: oneDNN counts the gaps between elements. */
  final long[] dilation;

  final long[] leading;
  final long[] trailing;

  private Windows(Window2d window, long[] in, long[] out) {
    this.kernel = longs(window.kernel());
    this.stride = longs(window.stride());
    this.dilation = Arrays.stream(window.dilation()).mapToLong(d -> d - 1L).toArray();
    this.leading = window.leadingPadding(in, out);
    // Where the window stops short of the border the difference is negative; no padding then gives
    // oneDNN the same output size.
    this.trailing =
        Arrays.stream(window.trailingPadding(in, out)).map(pad -> Math.max(0, pad)).toArray();
  }

  static Windows of(Window2d window, INDArray source, INDArray destination) {
    return new Windows(
        window,
        size(Layouts.imageSizes(source, window.channelsLast())),
        size(Layouts.imageSizes(destination, window.channelsLast())));
  }

  /**
   * @param algorithm {@code dnnl_convolution_direct} or {@code dnnl_convolution_winograd}
   */
  WeightedOp convolution(int algorithm) {
    return new ConvolutionOp(algorithm, stride, dilation, leading, trailing);
  }

  private static long[] size(long[] image) {
    return new long[] {image[2], image[3]};
  }

  private static long[] longs(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }
}
