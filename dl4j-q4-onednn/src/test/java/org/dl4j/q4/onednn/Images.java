package org.dl4j.q4.onednn;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays for kernels, from images in NCHW and back. */
final class Images {

  private Images() {}

  static INDArray to(CNN2DFormat format, INDArray nchw) {
    return format == CNN2DFormat.NCHW ? nchw.dup('c') : nchw.permute(0, 2, 3, 1).dup('c');
  }

  static INDArray from(CNN2DFormat format, INDArray images) {
    return format == CNN2DFormat.NCHW ? images : images.permute(0, 3, 1, 2).dup('c');
  }

  static INDArray random(long... shape) {
    return Nd4j.randn(DataType.FLOAT, shape);
  }

  /** Random integers from −largest to largest. */
  static INDArray integers(int largest, long... shape) {
    INDArray uniform = Nd4j.rand(DataType.FLOAT, shape);
    return Nd4j.math().round(uniform.muli(2 * largest).subi(largest));
  }

  /** Outputs are overwritten, so what they held must not matter. */
  static INDArray dirty(long... shape) {
    return Nd4j.valueArrayOf(shape, Double.NaN, DataType.FLOAT);
  }

  static INDArray dirtyLike(INDArray array) {
    return array == null ? null : dirty(array.shape());
  }
}
