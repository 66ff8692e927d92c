package org.dl4j.q4.infer;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.kernels.Window2d;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Shapes of activations without the batch: [channels, height, width] or [features]. */
final class Shapes {

  /** Dimensions of an image. */
  static final int IMAGE = 3;

  private Shapes() {}

  /** What a window makes of images. */
  static long[] windowed(Window2d window, long[] in, long channels) {
    boolean first = window.format() == CNN2DFormat.NCHW;
    INDArray images = // of which Deeplearning4j's arithmetic reads the shape alone
        first
            ? Nd4j.createUninitialized(DataType.INT8, 1, in[0], in[1], in[2])
            : Nd4j.createUninitialized(DataType.INT8, 1, in[1], in[2], in[0]);
    long[] out = window.outputShape(images, channels);
    return first ? new long[] {out[1], out[2], out[3]} : new long[] {out[3], out[1], out[2]};
  }
}
