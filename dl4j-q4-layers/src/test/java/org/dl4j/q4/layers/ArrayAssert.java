package org.dl4j.q4.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Comparisons of arrays, bit for bit or relative to the largest element. */
public final class ArrayAssert {

  private ArrayAssert() {}

  /**
   * How far two correct kernels may be apart, relative to the largest element. FLOAT: measured on
   * AVX-512 against DL4J's im2col, over 2,000 random shapes and the six convolutions of the VGG
   * (oneDNN picks Winograd there), outputs differ by at most 3e-6, weight gradients 5e-6, input
   * gradients 3e-6, bias gradients 9e-6, of which DL4J's own distance from DOUBLE is 7e-6.
   */
  static double tolerance(DataType type) {
    return type == DataType.FLOAT ? 1e-5 : 1e-12;
  }

  /** The same shape, type and bits. */
  public static void assertIdentical(String what, INDArray expected, INDArray actual) {
    assertEquals(expected.dataType(), actual.dataType(), what + ": type");
    assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
    assertArrayEquals(elements(expected), elements(actual), what);
  }

  /** The same keys, with identical arrays. */
  static void assertIdentical(Map<String, INDArray> expected, Map<String, INDArray> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((key, array) -> assertIdentical(key, array, actual.get(key)));
  }

  /** The same shape, and no element farther off than {@code tolerance · largest element}. */
  static void assertClose(String what, INDArray expected, INDArray actual, double tolerance) {
    assertClose(what, expected, actual, tolerance, 0);
  }

  /**
   * The same shape, and no element farther off than {@code tolerance · max(largest element, size)}.
   *
   * @param size of the terms that the elements are sums of, where these may cancel
   */
  static void assertClose(
      String what, INDArray expected, INDArray actual, double tolerance, double size) {
    assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
    double[] reference = elements(expected);
    double[] found = elements(actual);
    double bound = tolerance * Arrays.stream(reference).map(Math::abs).reduce(size, Math::max);
    for (int i = 0; i < reference.length; i++) {
      double error = Math.abs(reference[i] - found[i]);
      if (!(error <= bound)) { // so that NaN fails
        fail(
            what
                + ": element "
                + i
                + " is "
                + found[i]
                + " instead of "
                + reference[i]
                + ", off by "
                + error
                + " where "
                + bound
                + " is allowed");
      }
    }
  }

  /** Elements in 'c' order, exactly. */
  static double[] elements(INDArray array) {
    return array.dup('c').reshape(array.length()).toDoubleVector();
  }
}
