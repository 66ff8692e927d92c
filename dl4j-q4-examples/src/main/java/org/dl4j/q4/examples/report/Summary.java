package org.dl4j.q4.examples.report;

import java.util.function.DoubleFunction;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * Mean and sample standard deviation of n values:
 *
 * <pre>
 *   mean = Σ x / n        sd = √( Σ (x − mean)² / (n − 1) ),  none of a single value
 * </pre>
 */
final class Summary {

  final int n;
  final double mean;

  /** NaN of a single value. */
  final double deviation;

  private Summary(int n, double mean, double deviation) {
    this.n = n;
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * @param values at least one
   * @return their summary
   */
  static Summary of(double[] values) {
    return new Summary(
        values.length,
        new Mean().evaluate(values),
        values.length == 1 ? Double.NaN : new StandardDeviation().evaluate(values));
  }

  /**
   * @param format of a number
   * @return mean ± sd, or the single value
   */
  String format(DoubleFunction<String> format) {
    return format.apply(mean) + (n == 1 ? "" : " ± " + format.apply(deviation));
  }
}
