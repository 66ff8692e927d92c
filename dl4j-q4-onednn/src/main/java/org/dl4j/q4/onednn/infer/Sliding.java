package org.dl4j.q4.onednn.infer;

import java.util.Arrays;
import org.dl4j.q4.kernels.Window2d;

/** A window over images of a known size, in oneDNN's terms. */
final class Sliding {

  final long[] kernel;
  final long[] stride;

  /** 0 for none: oneDNN counts the gaps between elements. */
  final long[] dilation;

  final long[] leading;
  final long[] trailing;

  private Sliding(long[] kernel, long[] stride, long[] dilation, long[] leading, long[] trailing) {
    this.kernel = kernel;
    this.stride = stride;
    this.dilation = dilation;
    this.leading = leading;
    this.trailing = trailing;
  }

  /**
   * @param in [channels, height, width]
   * @param out likewise
   */
  static Sliding of(Window2d window, long[] in, long[] out) {
    long[] from = {in[1], in[2]};
    long[] to = {out[1], out[2]};
    return new Sliding(
        longs(window.kernel()),
        longs(window.stride()),
        Arrays.stream(window.dilation()).mapToLong(d -> d - 1L).toArray(),
        // Negative where the stride is larger than the kernel, or the window stops short of the
        // border; none gives the same output size, and begins where Deeplearning4j begins.
        atLeastNone(window.leadingPadding(from, to)),
        atLeastNone(window.trailingPadding(from, to)));
  }

  /** One window as large as the image. */
  static Sliding over(long[] image) {
    long[] size = {image[1], image[2]};
    return new Sliding(size, size, new long[2], new long[2], new long[2]);
  }

  private static long[] atLeastNone(long[] padding) {
    return Arrays.stream(padding).map(pad -> Math.max(0, pad)).toArray();
  }

  private static long[] longs(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }
}
