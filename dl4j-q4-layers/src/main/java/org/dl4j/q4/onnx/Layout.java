package org.dl4j.q4.onnx;

import org.deeplearning4j.nn.conf.CNN2DFormat;

/** What the dimensions of a network's activations are. In the ONNX graph, images are NCHW. */
enum Layout {
  /** [batch, features]. */
  FLAT,
  /** [batch, channels, height, width]. */
  NCHW,
  /** [batch, height, width, channels]. */
  NHWC;

  private static final long[] TO_CHANNELS_LAST = {0, 2, 3, 1};
  private static final long[] TO_CHANNELS_FIRST = {0, 3, 1, 2};

  static Layout of(CNN2DFormat format) {
    return format == CNN2DFormat.NHWC ? NHWC : NCHW;
  }

  boolean isImages() {
    return this != FLAT;
  }

  /** The permutation that leads from NHWC to NCHW. */
  static long[] toChannelsFirst() {
    return TO_CHANNELS_FIRST.clone();
  }

  /** The permutation that leads from NCHW to NHWC. */
  static long[] toChannelsLast() {
    return TO_CHANNELS_LAST.clone();
  }

  /**
   * @param dimension a dimension in this layout
   * @return where it is in the ONNX graph
   */
  int inOnnx(int dimension) {
    return this == NHWC ? (int) TO_CHANNELS_LAST[dimension] : dimension;
  }
}
