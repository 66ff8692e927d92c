package org.dl4j.q4.examples.report;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.util.MathArrays;

/**
 * The mean difference of n pairs with its 95 % interval by Student's t with n − 1 degrees of
 * freedom, sd being the sample standard deviation of the differences d:
 *
 * <pre>
 *   mean(d) ± t(0.975; n − 1) · sd(d) / √n
 * </pre>
 *
 * <p>A single pair has no interval.
 */
final class PairedDifference {

  private static final double UPPER = 0.975;

  private final Summary differences;

  /** Half of the interval's width; NaN of a single pair. */
  final double halfWidth;

  private PairedDifference(Summary differences) {
    this.differences = differences;
    this.halfWidth =
        differences.n == 1
            ? Double.NaN
            : new TDistribution(differences.n - 1).inverseCumulativeProbability(UPPER)
                * differences.deviation
                / Math.sqrt(differences.n);
  }

  /**
   * @param values at least one
   * @param baseline the partner of each
   * @return of {@code values − baseline}
   * @throws IllegalArgumentException if there are not as many of both
   */
  static PairedDifference of(double[] values, double[] baseline) {
    if (values.length != baseline.length) {
      throw new IllegalArgumentException(
          "Expected a partner for each value; got "
              + values.length
              + " values and "
              + Arrays.toString(baseline));
    }
    return new PairedDifference(Summary.of(MathArrays.ebeSubtract(values, baseline)));
  }

  double mean() {
    return differences.mean;
  }

  /**
   * @param format of a difference
   * @return the mean and the interval's ends
   */
  String format(DoubleFunction<String> format) {
    return format.apply(mean())
        + (differences.n == 1
            ? " (n = 1)"
            : " ["
                + format.apply(mean() - halfWidth)
                + ", "
                + format.apply(mean() + halfWidth)
                + "]");
  }
}
