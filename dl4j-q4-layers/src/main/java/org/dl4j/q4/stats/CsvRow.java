package org.dl4j.q4.stats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report's figures of one quantized parameter as columns. */
final class CsvRow {

  private final Map<String, String> cells = new LinkedHashMap<>();

  CsvRow(QuantizationReport report, LayerStatistics layer) {
    CodeHistogram histogram = layer.histogram();
    cells.put("timestamp_ms", String.valueOf(report.timestamp()));
    cells.put("network", String.valueOf(report.network()));
    cells.put("iteration", String.valueOf(report.iteration()));
    cells.put("epoch", String.valueOf(report.epoch()));
    cells.put("layer", quoted(layer.layer()));
    cells.put("parameter", quoted(layer.parameter()));
    cells.put("weights", String.valueOf(layer.weights()));
    cells.put("levels", String.valueOf(histogram.levels()));
    cells.put("levels_used", String.valueOf(histogram.levelsUsed()));
    cells.put(
        "dead_levels",
        Arrays.stream(histogram.deadLevels())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(" ")));
    cells.put(
        "histogram",
        Arrays.stream(histogram.counts())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(" ")));
    cells.put("saturated", number(histogram.saturated()));
    cells.put("flipped", number(layer.changes().flipped()));
    cells.put("oscillating", number(layer.changes().oscillating()));
    cells.put("flip_trend", number(layer.changes().flipTrend()));
    cells.put("scale", number(layer.fit().scale()));
    cells.put("scale_drift", number(layer.changes().scaleDrift()));
    cells.put("outlier_ratio", number(layer.fit().outlierRatio()));
    cells.put("sqnr_db", number(layer.fit().sqnr()));
    cells.put("gradient_norm", number(layer.gradient().beforeClipping()));
    cells.put("clipped_gradient_norm", number(layer.gradient().afterClipping()));
    cells.put("network_gradient_norm", number(report.gradient().beforeClipping()));
    cells.put("network_clipped_gradient_norm", number(report.gradient().afterClipping()));
    cells.put("non_finite", String.valueOf(layer.nonFinite()));
    cells.put(
        "warnings",
        Warnings.of(layer).stream()
            .map(warning -> warning.kind().name())
            .collect(Collectors.joining(" ")));
  }

  /** The names of the columns, without the line's end. */
  static String header() {
    LayerStatistics any = LayerStatistics.withoutCodes("", "", new double[0], GradientNorm.UNKNOWN);
    QuantizationReport none =
        new QuantizationReport(0, 0, 0, 0, GradientNorm.UNKNOWN, List.of(any));
    return String.join(",", new CsvRow(none, any).cells.keySet());
  }

  /** The cells, without the line's end. */
  String line() {
    return String.join(",", cells.values());
  }

  /** As {@code Double.parseDouble} reads it; nothing if it is not known. */
  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }

  /** As RFC 4180 asks for; a line's end within a name would part a row, and becomes a space. */
  private static String quoted(String name) {
    String line = name.replaceAll("[\\r\\n]+", " ");
    return line.contains(",") || line.contains("\"")
        ? '"' + line.replace("\"", "\"\"") + '"'
        : line;
  }
}
