package org.dl4j.q4.stats;

import java.util.Arrays;

/**
 * How well the grid of a tensor's values, {@code code · scale}, fits its float weights. Figures are
 * NaN if the weights have no codes. Immutable.
 */
public final class GridFit {

  static final GridFit UNKNOWN = new GridFit(Double.NaN, Double.NaN, Double.NaN);

  private final double scale;
  private final double sqnr;
  private final double outlierRatio;

  GridFit(double scale, double sqnr, double outlierRatio) {
    this.scale = scale;
    this.sqnr = sqnr;
    this.outlierRatio = outlierRatio;
  }

  /** One pass over the elements. */
  static GridFit of(FlatTensor tensor) {
    double signal = 0;
    double noise = 0;
    UpperPercentile percentile = new UpperPercentile(tensor.weights.length);
    for (int i = 0; i < tensor.weights.length; i++) {
      double weight = tensor.weights[i];
      double scale = tensor.scale(i);
      double error = weight - tensor.codes[i] * scale;
      signal += weight * weight;
      noise += error * error;
      percentile.add(Math.abs(weight) / scale);
    }
    return new GridFit(
        Arrays.stream(tensor.scales).average().orElse(Double.NaN),
        noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise),
        percentile.largest() / percentile.value());
  }

  /**
   * @return the scale s, the mean where there are several, in units of the weights
   */
  public double scale() {
    return scale;
  }

  /**
   * @return signal-to-quantization-noise ratio, {@code 10 · log₁₀(Σw² / Σ(w − ŵ)²)} in dB with
   *     {@code ŵ = code · s}; infinite if every weight is its value
   */
  public double sqnr() {
    return sqnr;
  }

  /**
   * @return largest |w| / s over the 99.9th percentile of |w| / s, so that with one scale it is
   *     largest |w| over percentile of |w|; at least 1. The percentile is the element of rank
   *     ⌈0.999 n⌉ of n: with fewer than 1000 weights the largest itself. NaN if it is 0
   */
  public double outlierRatio() {
    return outlierRatio;
  }
}
