package org.dl4j.q4.benchmarks.parity;

/**
 * PyTorch's running variance as Deeplearning4j would have it. PyTorch averages the unbiased
 * variance of the batches, which divides by N − 1, Deeplearning4j the one that normalizes, which
 * divides by N. After k steps with momentum μ and the same N both are
 *
 * <pre>
 *   r(k) = (1 − μ)ᵏ · r(0) + Σ μ · (1 − μ)^(k−i) · var(i)
 * </pre>
 *
 * <p>so that the sums differ by the factor (N − 1) / N.
 */
final class RunningVariance {

  private RunningVariance() {}

  /**
   * @param start r(0)
   * @param end PyTorch's r(k)
   * @param steps k
   * @param elements N
   * @return Deeplearning4j's r(k)
   */
  static double[] biased(double[] start, double[] end, int steps, int elements) {
    double keep = Math.pow(1 - Setting.MOMENTUM, steps);
    double[] result = new double[end.length];
    for (int i = 0; i < end.length; i++) {
      double kept = keep * start[i];
      result[i] = kept + (end[i] - kept) * (elements - 1) / elements;
    }
    return result;
  }
}
