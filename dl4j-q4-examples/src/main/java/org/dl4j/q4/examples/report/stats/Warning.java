package org.dl4j.q4.examples.report.stats;

import java.util.List;
import java.util.Map;
import org.dl4j.q4.stats.WarningKind;

/** A kind of warning that a layer had in some of its reports. Immutable. */
final class Warning {

  /** Of the file, a list of kinds with spaces between. */
  static final String COLUMN = "warnings";

  private static final Map<String, String> MEANINGS =
      Map.of(
          WarningKind.NON_FINITE.name(),
          "weights are NaN or infinite: the run has diverged",
          WarningKind.DEAD_LEVELS.name(),
          "a fifth of the levels or more do not occur",
          WarningKind.OUTLIER.name(),
          "one large weight stretches the scale: the others share few levels",
          WarningKind.UNSETTLED.name(),
          "codes go to and fro, and no less than before; while the learning rate is high, no fault");

  private final String layer;
  private final String kind;
  private final List<Integer> iterations;
  private final int reports;

  Warning(String layer, String kind, List<Integer> iterations, int reports) {
    this.layer = layer;
    this.kind = kind;
    this.iterations = List.copyOf(iterations);
    this.reports = reports;
  }

  /**
   * @return layer, kind, meaning, how many reports of how many, first and last iteration
   */
  List<String> cells() {
    return List.of(
        layer,
        kind,
        MEANINGS.getOrDefault(kind, ""),
        iterations.size() + " of " + reports,
        "" + iterations.get(0),
        "" + iterations.get(iterations.size() - 1));
  }
}
