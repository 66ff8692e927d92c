package org.dl4j.q4.onednn.runtime;

import java.util.Arrays;
import org.dl4j.q4.kernels.Window2d;

/** A window that slides over images of a known size, in oneDNN's terms: vertical, horizontal. */
public final class SlidingWindow {

  /** Elements of the window. */
  public final long[] kernel;

  /** From one place of the window to the next. */
  public final long[] stride;

  /** 0 for none: oneDNN counts the gaps between elements. */
  public final long[] dilation;

  /** Padding above and to the left. */
  public final long[] leading;

  /** Padding below and to the right. */
  public final long[] trailing;

  private SlidingWindow(
      long[] kernel, long[] stride, long[] dilation, long[] leading, long[] trailing) {
    this.kernel = kernel;
    this.stride = stride;
    this.dilation = dilation;
    this.leading = leading;
    this.trailing = trailing;
  }

  /**
   * @param window as Deeplearning4j describes it
   * @param in height and width of the images
   * @param out height and width of what is made of them
   * @return the same for oneDNN
   */
  public static SlidingWindow of(Window2d window, long[] in, long[] out) {
    return new SlidingWindow(
        longs(window.kernel()),
        longs(window.stride()),
        Arrays.stream(window.dilation()).mapToLong(d -> d - 1L).toArray(),
        // Negative where the stride is larger than the kernel, or the window stops short of the
        // border; none gives the same output size, and begins where Deeplearning4j begins.
        atLeastNone(window.leadingPadding(in, out)),
        atLeastNone(window.trailingPadding(in, out)));
  }

  /**
   * @param size height and width of an image
   * @return one window as large as it
   */
  public static SlidingWindow over(long[] size) {
    return new SlidingWindow(size, size, new long[2], new long[2], new long[2]);
  }

  private static long[] atLeastNone(long[] padding) {
    return Arrays.stream(padding).map(pad -> Math.max(0, pad)).toArray();
  }

  private static long[] longs(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }
}
