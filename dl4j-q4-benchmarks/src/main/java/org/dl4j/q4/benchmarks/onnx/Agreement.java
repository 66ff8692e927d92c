package org.dl4j.q4.benchmarks.onnx;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How far the outputs of two programs for the same network and images agree. */
final class Agreement {

  private long images;
  private long sameTop1;
  private double largestDifference;

  /**
   * @param ours outputs, the images first
   * @param theirs of the same shape
   * @throws IllegalArgumentException if the shapes differ
   */
  void add(INDArray ours, INDArray theirs) {
    if (!ours.equalShapes(theirs)) {
      throw new IllegalArgumentException(
          "Expected outputs of one shape, found "
              + ours.shapeInfoToString()
              + " and "
              + theirs.shapeInfoToString());
    }
    long count = ours.size(0);
    INDArray left = rows(ours);
    INDArray right = rows(theirs);
    for (long row = 0; row < count; row++) {
      for (long column = 0; column < left.size(1); column++) {
        double difference = Math.abs(left.getDouble(row, column) - right.getDouble(row, column));
        largestDifference = Math.max(largestDifference, difference);
      }
    }
    INDArray first = left.argMax(1);
    INDArray second = right.argMax(1);
    for (long row = 0; row < count; row++) {
      if (first.getLong(row) == second.getLong(row)) {
        sameTop1++;
      }
    }
    images += count;
  }

  private static INDArray rows(INDArray outputs) {
    return outputs
        .castTo(DataType.DOUBLE)
        .dup('c')
        .reshape('c', outputs.size(0), outputs.length() / outputs.size(0));
  }

  long images() {
    return images;
  }

  /** Of how many images the largest output is the same. */
  long sameTop1() {
    return sameTop1;
  }

  /** Of all outputs; NaN if one of them is. */
  double largestDifference() {
    return largestDifference;
  }
}
