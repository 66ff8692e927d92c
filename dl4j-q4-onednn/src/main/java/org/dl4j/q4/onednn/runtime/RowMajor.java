package org.dl4j.q4.onednn.runtime;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays as oneDNN takes them by their address alone. */
public final class RowMajor {

  private RowMajor() {}

  /**
   * @param array any
   * @return the array itself if its elements lie one after the other in 'c' order, else a copy
   */
  public static INDArray of(INDArray array) {
    return is(array) ? array : array.dup('c');
  }

  /**
   * @param array to be checked
   * @param name for the message
   * @return the array
   * @throws IllegalArgumentException if its elements lie otherwise
   */
  public static INDArray require(INDArray array, String name) {
    if (!is(array)) {
      throw new IllegalArgumentException(
          name + " must be in 'c' order without gaps; got " + array.shapeInfoToString());
    }
    return array;
  }

  /**
   * By the strides: a transposed square has 'c' for its order, and is no view, as ND4J tells it.
   * Dimensions of length 1 may have any stride: nothing is ever a step away in them.
   */
  private static boolean is(INDArray array) {
    long expected = 1;
    for (int d = array.rank() - 1; d >= 0; d--) {
      if (array.size(d) != 1 && array.stride(d) != expected) {
        return false;
      }
      expected *= array.size(d);
    }
    return true;
  }
}
