package org.dl4j.q4.infer;

import org.dl4j.q4.kernels.Window2d;

/** Shapes of activations without the batch: [channels, height, width] or [features]. */
final class Shapes {

  /** Dimensions of an image. */
  static final int IMAGE = 3;

  private Shapes() {}

  /** What a window makes of images. */
  static long[] windowed(Window2d window, long[] in, long channels) {
    long[] size = window.outputSize(new long[] {in[1], in[2]});
    return new long[] {channels, size[0], size[1]};
  }
}
