package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** An array that is a slice of a larger buffer, as parameters and their gradients are. */
final class Slice {

  /** An odd number of elements, so that nothing is aligned. */
  private static final int BEFORE = 13;

  private static final int AFTER = 40;

  final INDArray array;
  private final INDArray buffer;

  private Slice(char order, long... shape) {
    long length = Nd4j.createUninitialized(DataType.FLOAT, shape).length();
    this.buffer = Images.dirty(BEFORE + length + AFTER);
    this.array = buffer.get(NDArrayIndex.interval(BEFORE, BEFORE + length)).reshape(order, shape);
  }

  static Slice holding(INDArray values) {
    Slice slice = new Slice('c', values.shape());
    slice.array.assign(values);
    return slice;
  }

  /** To be written. */
  static Slice empty(char order, long... shape) {
    return new Slice(order, shape);
  }

  void assertNothingWrittenAround(String what) {
    long end = buffer.length() - AFTER;
    assertTrue(
        buffer.get(NDArrayIndex.interval(0, BEFORE)).isNaN().all()
            && buffer.get(NDArrayIndex.interval(end, buffer.length())).isNaN().all(),
        what);
  }
}
