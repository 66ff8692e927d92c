package org.dl4j.q4.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Comparison with a reference computed in DOUBLE. */
public final class Close {

  private Close() {}

  /** Within the type's rounding, 1e-5 or 1e-12, of the reference's largest element. */
  public static void assertClose(String what, INDArray reference, INDArray actual) {
    assertArrayEquals(reference.shape(), actual.shape(), what + ": shape");
    double[] expected = elements(reference);
    double[] found = elements(actual);
    double largest = 0;
    for (double element : expected) {
      largest = Math.max(largest, Math.abs(element));
    }
    double bound = (actual.dataType() == DataType.FLOAT ? 1e-5 : 1e-12) * largest;
    for (int i = 0; i < expected.length; i++) {
      assertTrue(
          Math.abs(expected[i] - found[i]) <= bound, // false for NaN
          what + ": element " + i + " is " + found[i] + ", not " + expected[i]);
    }
  }

  private static double[] elements(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').reshape(array.length()).toDoubleVector();
  }
}
