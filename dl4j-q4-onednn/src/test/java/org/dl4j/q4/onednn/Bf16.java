package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What bf16 does to numbers, and how far that may carry a sum of products.
 *
 * <p>A number rounded to nearest with 8 significant bits moves by at most u = 2⁻⁸ of itself (the
 * last of 8 bits is worth 2⁻⁷ of the first, and half of that is lost at most). So if r factors of a
 * product a·b are rounded, the product moves by at most ((1 + u)^r − 1)·|a·b|, and a sum by that
 * times Σ |a·b|. Products of two bf16 numbers are exact in FP32; adding n of them there moves the
 * sum by at most n·2⁻²⁴·Σ |a·b|, in whatever order. The scales before and after (times s, times
 * 1/s, themselves rounded) and the bias are a few operations more.
 */
final class Bf16 {

  private static final double U = Math.scalb(1.0, -8);
  private static final double FP32 = Math.scalb(1.0, -24);

  /** Multiplications by s and 1/s, the bias, the rounding of the result. */
  private static final int EXTRA_OPERATIONS = 8;

  private Bf16() {}

  /** To nearest, ties to even, as the CPU does it. */
  static float round(float value) {
    int bits = Float.floatToRawIntBits(value);
    int roundUp = 0x7fff + ((bits >>> 16) & 1);
    return Float.intBitsToFloat((bits + roundUp) & 0xffff0000);
  }

  static INDArray round(INDArray array) {
    INDArray result = array.dup('c');
    for (long i = 0; i < result.length(); i++) {
      result.putScalar(i, round(result.getFloat(i)));
    }
    return result;
  }

  /**
   * @param roundedFactors r
   * @param sumOfAbsolutes Σ |a·b| of each element
   * @param terms an upper bound of n
   */
  static void assertWithinRounding(
      String what,
      int roundedFactors,
      INDArray sumOfAbsolutes,
      long terms,
      INDArray reference,
      INDArray actual) {
    double relative = Math.pow(1 + U, roundedFactors) - 1 + (terms + EXTRA_OPERATIONS) * FP32;
    assertWithin(what, sumOfAbsolutes.mul(relative), reference, actual);
  }

  /** Nothing but FP32 operations on exact numbers. */
  static void assertExact(
      String what, INDArray sumOfAbsolutes, long terms, INDArray reference, INDArray actual) {
    assertWithinRounding(what, 0, sumOfAbsolutes, terms, reference, actual);
  }

  private static void assertWithin(
      String what, INDArray bounds, INDArray reference, INDArray actual) {
    assertArrayEquals(reference.shape(), actual.shape(), what + ": shape");
    double[] bound = elements(bounds);
    double[] expected = elements(reference);
    double[] found = elements(actual);
    for (int i = 0; i < expected.length; i++) {
      assertTrue(
          Math.abs(expected[i] - found[i]) <= bound[i], // false for NaN
          what + ": element " + i + " is " + found[i] + ", not " + expected[i] + " ± " + bound[i]);
    }
  }

  private static double[] elements(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').reshape(array.length()).toDoubleVector();
  }

  static INDArray absolute(INDArray array) {
    return array == null ? null : Transforms.abs(array, true);
  }

  /** code · s in FLOAT, as the quantizer writes it; s is [1] or [the dimension's length]. */
  static INDArray values(INDArray codes, INDArray scale, int dimension) {
    return codes.mul(alongDimension(scale, codes.rank(), dimension));
  }

  static INDArray alongDimension(INDArray scale, int rank, int dimension) {
    if (scale.length() == 1) {
      return scale;
    }
    long[] shape = new long[rank];
    Arrays.fill(shape, 1);
    shape[dimension] = scale.length();
    return scale.reshape(shape);
  }

  /** As many scales as asked for, none with a short binary form. */
  static INDArray scales(int count, double near) {
    INDArray factors = Nd4j.linspace(DataType.FLOAT, 1.0, 0.7, count);
    return factors.muli(near);
  }
}
