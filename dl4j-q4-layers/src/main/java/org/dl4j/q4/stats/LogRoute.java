package org.dl4j.q4.stats;

import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports in the log: a line at level INFO for each, and one at WARN for each warning that the
 * report before did not have.
 */
public final class LogRoute implements StatsRoute {

  private final Logger log;
  private final Map<Integer, Set<String>> warnedOf = new HashMap<>();

  /** Logs as this class. */
  public LogRoute() {
    this(LoggerFactory.getLogger(LogRoute.class));
  }

  /**
   * @param log where the lines go
   */
  public LogRoute(Logger log) {
    this.log = log;
  }

  @Override
  public void put(QuantizationReport report) {
    log.info(line(report));
    Set<String> before = warnedOf.getOrDefault(report.network(), Set.of());
    Set<String> now = new HashSet<>();
    for (StatsWarning warning : report.warnings()) {
      String what = warning.kind() + " " + warning.parameter() + " " + warning.layer();
      now.add(what);
      if (!before.contains(what)) {
        log.warn("{}", warning);
      }
    }
    warnedOf.put(report.network(), now);
  }

  static String line(QuantizationReport report) {
    return String.format(
        Locale.ROOT,
        "Iteration %d, epoch %d: levels %s, flips %s %%, oscillating %s %%, at the ends %s %%, SQNR"
            + " %s dB, gradient %.3g clipped to %.3g, warnings %d",
        report.iteration(),
        report.epoch(),
        range(report, "%.0f", layer -> layer.histogram().levelsUsed()),
        range(report, "%.2f", layer -> 100 * layer.changes().flipped()),
        range(report, "%.2f", layer -> 100 * layer.changes().oscillating()),
        range(report, "%.2f", layer -> 100 * layer.histogram().saturated()),
        range(report, "%.1f", layer -> layer.fit().sqnr()),
        report.gradient().beforeClipping(),
        report.gradient().afterClipping(),
        report.warnings().size());
  }

  /** Smallest to largest over the layers. */
  private static String range(
      QuantizationReport report, String format, ToDoubleFunction<LayerStatistics> figure) {
    DoubleSummaryStatistics known =
        report.layers().stream()
            .mapToDouble(figure)
            .filter(value -> !Double.isNaN(value))
            .summaryStatistics();
    if (known.getCount() == 0) {
      return "unknown";
    }
    String smallest = String.format(Locale.ROOT, format, known.getMin());
    String largest = String.format(Locale.ROOT, format, known.getMax());
    return smallest.equals(largest) ? smallest : smallest + " to " + largest;
  }
}
