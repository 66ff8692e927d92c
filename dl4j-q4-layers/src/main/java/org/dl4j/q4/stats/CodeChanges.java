package org.dl4j.q4.stats;

/**
 * What has changed in a tensor since the last report. A figure that is not known yet is NaN.
 * Immutable.
 */
public final class CodeChanges {

  static final CodeChanges UNKNOWN =
      new CodeChanges(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  private final double flipped;
  private final double oscillating;
  private final double flipTrend;
  private final double scaleDrift;

  CodeChanges(double flipped, double oscillating, double flipTrend, double scaleDrift) {
    this.flipped = flipped;
    this.oscillating = oscillating;
    this.flipTrend = flipTrend;
    this.scaleDrift = scaleDrift;
  }

  /**
   * @return the flip ratio: the share of weights whose code differs from that of the last report,
   *     from 0 to 1; NaN in the first report
   */
  public double flipped() {
    return flipped;
  }

  /**
   * @return the share of weights that have flipped since the last report against the direction of
   *     their flip before, from 0 to {@link #flipped()}; NaN in the first two reports, since it
   *     takes two flips
   */
  public double oscillating() {
    return oscillating;
  }

  /**
   * @return mean flip ratio of the last five reports over that of the five before: below 1, the
   *     codes settle; NaN until there are ten, or where no weight has flipped in any of them
   */
  public double flipTrend() {
    return flipTrend;
  }

  /**
   * @return {@code s / s' − 1} with s' the scale in the last report, the mean over the scales where
   *     there are several; NaN in the first report
   */
  public double scaleDrift() {
    return scaleDrift;
  }
}
