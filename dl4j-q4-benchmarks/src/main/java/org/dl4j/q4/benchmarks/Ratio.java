package org.dl4j.q4.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a benchmark finds: with a and b the costs of our and their steps in rounds 1…n, the median
 * and the spread of
 *
 * <pre>
 *   r_i = a_i / b_i
 * </pre>
 *
 * <p>Below 1 ours is cheaper. The two steps of one round follow each other at once, so a machine
 * that slows down for a while changes both, and the ratio of the round little.
 */
final class Ratio {

  private final double[] ratios;
  private final double[] ours;
  private final double[] theirs;

  private Ratio(double[] ratios, double[] ours, double[] theirs) {
    this.ratios = ratios;
    this.ours = ours;
    this.theirs = theirs;
  }

  /**
   * @param ours cost of our step in each round
   * @param theirs cost of theirs in the same rounds
   * @return their ratio
   * @throws IllegalArgumentException if there are no rounds, not as many of one as of the other, or
   *     a cost that is not positive
   */
  static Ratio of(double[] ours, double[] theirs) {
    if (ours.length == 0 || ours.length != theirs.length) {
      throw new IllegalArgumentException(
          "Needs as many rounds of ours as of theirs, at least 1; got "
              + ours.length
              + " and "
              + theirs.length);
    }
    double[] ratios = new double[ours.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = positive(ours[i]) / positive(theirs[i]);
    }
    return new Ratio(sorted(ratios), sorted(ours), sorted(theirs));
  }

  private static double positive(double cost) {
    if (!(cost > 0) || Double.isInfinite(cost)) {
      throw new IllegalArgumentException("A cost must be positive; got " + cost);
    }
    return cost;
  }

  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  double median() {
    return Quantile.of(ratios, 0.5);
  }

  double p10() {
    return Quantile.of(ratios, 0.1);
  }

  double p90() {
    return Quantile.of(ratios, 0.9);
  }

  double ours() {
    return Quantile.of(ours, 0.5);
  }

  double theirs() {
    return Quantile.of(theirs, 0.5);
  }

  /**
   * @param benchmark name of the benchmark
   * @return {@code RATIO name median p10 p90 ours theirs}
   */
  String line(String benchmark) {
    return String.format(
        Locale.ROOT,
        "RATIO %s %.4f %.4f %.4f %.1f %.1f",
        benchmark,
        median(),
        p10(),
        p90(),
        ours(),
        theirs());
  }
}
