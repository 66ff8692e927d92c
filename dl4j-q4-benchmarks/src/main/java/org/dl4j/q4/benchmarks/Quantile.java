package org.dl4j.q4.benchmarks;

/** Quantiles of measurements. Between two values, the straight line: NumPy's default too. */
public final class Quantile {

  private Quantile() {}

  /**
   * @param sorted at least one value, in rising order
   * @param share from 0 to 1; 0.5 is the median
   * @return the value that this share of them does not exceed
   */
  public static double of(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
