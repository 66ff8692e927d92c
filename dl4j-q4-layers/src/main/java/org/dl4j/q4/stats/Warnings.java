package org.dl4j.q4.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** From figures to advice. A function of one report's figures alone. */
public final class Warnings {

  /**
   * Of 15 levels, 3: one or two at an end are dead in a healthy tensor whose largest weight on one
   * side is larger than on the other.
   */
  public static final double DEAD_SHARE = 0.2;

  /** With fewer weights a level, some are dead by chance. */
  public static final int WEIGHTS_PER_LEVEL = 20;

  /**
   * Normally distributed weights, a million of them, have 1.5, Laplace-distributed ones 2. At 3,
   * 999 of 1000 weights share the codes −2 to 2, five of 15 levels.
   */
  public static final double OUTLIER_RATIO = 3;

  /**
   * Above the 99.9th percentile lies one weight in 1000. With a fixed scale the largest may lie
   * beyond the grid and stretch nothing, so the others have to be in its inner third indeed.
   */
  public static final double OUTLIER_SHARE = 0.001;

  /** Fewer flips between two reports change the network little. */
  public static final double UNSETTLED_FLIPS = 0.01;

  /** Most of the flips lead back to where a weight came from. */
  public static final double UNSETTLED_OSCILLATING = 0.5;

  /** Five reports against the five before: flips that fall, fall by more than this. */
  public static final double UNSETTLED_TREND = 0.9;

  private Warnings() {}

  /**
   * @param layer the figures of a quantized parameter
   * @return what they call for, the worst first; empty if all is well
   */
  public static List<StatsWarning> of(LayerStatistics layer) {
    List<StatsWarning> warnings = new ArrayList<>();
    if (layer.nonFinite() > 0) {
      warnings.add(warning(WarningKind.NON_FINITE, layer, nonFinite(layer)));
    }
    CodeHistogram histogram = layer.histogram();
    int dead = histogram.deadLevels().length;
    if (dead > 0
        && dead >= DEAD_SHARE * histogram.levels()
        && layer.weights() >= (long) WEIGHTS_PER_LEVEL * histogram.levels()) {
      warnings.add(warning(WarningKind.DEAD_LEVELS, layer, deadLevels(histogram)));
    }
    if (layer.fit().outlierRatio() >= OUTLIER_RATIO
        && outsideInnerThird(histogram) <= OUTLIER_SHARE) {
      warnings.add(warning(WarningKind.OUTLIER, layer, outlier(layer)));
    }
    CodeChanges changes = layer.changes();
    if (changes.flipped() >= UNSETTLED_FLIPS
        && changes.oscillating() >= UNSETTLED_OSCILLATING * changes.flipped()
        && changes.flipTrend() >= UNSETTLED_TREND) {
      warnings.add(warning(WarningKind.UNSETTLED, layer, unsettled(changes)));
    }
    return warnings;
  }

  private static double outsideInnerThird(CodeHistogram histogram) {
    long[] counts = histogram.counts();
    int maxCode = counts.length / 2;
    long outside = 0;
    for (int i = 0; i < counts.length; i++) {
      outside += 3 * Math.abs(i - maxCode) > maxCode + 2 ? counts[i] : 0; // |k| > ⌈q / 3⌉
    }
    return (double) outside / Arrays.stream(counts).sum();
  }

  private static StatsWarning warning(WarningKind kind, LayerStatistics layer, String message) {
    return new StatsWarning(kind, layer, message);
  }

  private static String nonFinite(LayerStatistics layer) {
    return String.format(
        Locale.ROOT,
        "%d of %d weights are NaN or infinite, so that it cannot be quantized. Go back to the last"
            + " checkpoint; lower the learning rate, clip the gradients, or look for NaN in the"
            + " data.",
        layer.nonFinite(),
        layer.weights());
  }

  private static String deadLevels(CodeHistogram histogram) {
    return String.format(
        Locale.ROOT,
        "%d of %d levels are dead: %s. Look at the outlier ratio: one large weight leaves the codes"
            + " next to its own empty. A scale per channel, a smaller α of the soft clip or weight"
            + " decay fills them.",
        histogram.deadLevels().length,
        histogram.levels(),
        Arrays.toString(histogram.deadLevels()));
  }

  private static String outlier(LayerStatistics layer) {
    return String.format(
        Locale.ROOT,
        "The largest weight is %.1f times the 99.9th percentile, and the scale follows it: the"
            + " other weights share the codes around 0. A scale per channel confines it to its"
            + " channel; a smaller α of the soft clip or weight decay pulls it in.",
        layer.fit().outlierRatio());
  }

  private static String unsettled(CodeChanges changes) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of the weights have flipped since the last report, %.1f %% of all against their"
            + " flip before, and flips do not become fewer (%.2f times those of earlier reports)."
            + " Let the learning rate fall to zero; if it is high on purpose still, this is no"
            + " fault.",
        100 * changes.flipped(),
        100 * changes.oscillating(),
        changes.flipTrend());
  }
}
