package org.dl4j.q4.benchmarks.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ErrorsTest {

  private static final double EXACT = 1e-12;

  @Test
  void relativeErrorIsTheDistanceByTheNorm() {
    // Distance √(3² + 4²) = 5, norm √(6² + 8²) = 10.
    assertEquals(0.5, Errors.relative(new double[] {9, 12}, new double[] {6, 8}), EXACT);
  }

  @Test
  void nothingIsLikeZerosButZeros() {
    assertEquals(0, Errors.relative(new double[2], new double[2]));
    assertEquals(Double.POSITIVE_INFINITY, Errors.relative(new double[] {1, 0}, new double[2]));
  }

  @Test
  void notANumberIsBeyondEveryBound() {
    double error = Errors.relative(new double[] {Double.NaN, 1}, new double[] {1, 1});
    assertTrue(Errors.exceeds(error, Double.MAX_VALUE));
    assertTrue(Errors.exceeds(Errors.quantile(0.5, 1, Double.NaN, 1, 1), Double.MAX_VALUE));
  }

  @Test
  void aBoundItselfIsNotBeyond() {
    assertFalse(Errors.exceeds(1e-9, 1e-9));
    assertTrue(Errors.exceeds(1.0001e-9, 1e-9));
  }

  @Test
  void otherLengthsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Errors.relative(new double[2], new double[3]));
  }

  @Test
  void growthIsWhatTheTruthIsMultipliedWith() {
    assertEquals(-0.25, Errors.growth(new double[] {3, -6}, new double[] {4, -8}), EXACT);
    assertEquals(0, Errors.growth(new double[] {5, -7}, new double[] {4, -8}), 0.1); // across it
  }

  @Test
  void countsWhatDiffers() {
    assertEquals(2, Errors.differing(new double[] {1, 2, 3, 4}, new double[] {1, 0, 3, -4}));
  }
}
