package org.dl4j.q4.benchmarks.parity;

import java.util.Arrays;
import org.dl4j.q4.benchmarks.Quantile;

/** How far arrays are apart. */
final class Errors {

  private Errors() {}

  /**
   * @param ours an array
   * @param truth another of the same length
   * @return ‖ours − truth‖ / ‖truth‖ in the Euclidean norm; 0 if both are zeros, infinite if truth
   *     alone is; NaN if a number is
   * @throws IllegalArgumentException if the lengths differ
   */
  static double relative(double[] ours, double[] truth) {
    double distance = Math.sqrt(squaredDistance(ours, truth));
    double norm = Math.sqrt(squaredDistance(truth, new double[truth.length]));
    return distance == 0 ? 0 : distance / norm;
  }

  static double squaredDistance(double[] one, double[] other) {
    requireSameLength(one, other);
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = one[i] - other[i];
      squares += difference * difference;
    }
    return squares;
  }

  /** How many elements differ. */
  static int differing(double[] one, double[] other) {
    requireSameLength(one, other);
    int count = 0;
    for (int i = 0; i < one.length; i++) {
      count += one[i] == other[i] ? 0 : 1;
    }
    return count;
  }

  /**
   * Whether a value grew or shrank: positive if ours are farther from 0 than the truth.
   *
   * @param ours an array
   * @param truth another of the same length
   * @return ⟨ours − truth, truth⟩ / ‖truth‖²
   */
  static double growth(double[] ours, double[] truth) {
    requireSameLength(ours, truth);
    double product = 0;
    double squares = 0;
    for (int i = 0; i < truth.length; i++) {
      product += (ours[i] - truth[i]) * truth[i];
      squares += truth[i] * truth[i];
    }
    return product / squares;
  }

  /**
   * @param share from 0 to 1
   * @param values at least one
   * @return their quantile; NaN if one of them is
   */
  static double quantile(double share, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double last = sorted[sorted.length - 1]; // NaN comes last
    return Double.isNaN(last) ? last : Quantile.of(sorted, share);
  }

  /**
   * @param value what has been measured
   * @param bound the largest that is right
   * @return whether it is not right; NaN never is
   */
  static boolean exceeds(double value, double bound) {
    return !(value <= bound);
  }

  private static void requireSameLength(double[] one, double[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "Arrays to compare have " + one.length + " and " + other.length + " elements");
    }
  }
}
