package org.dl4j.q4.examples.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which of their levels quantized layers use, and which they lose, in Markdown. */
final class LevelsTable {

  private static final String COLUMNS =
      "layer|shape|weights|scale|levels|missing|zeros|at −q, q|share at ±q";

  /** Of each network, its layers. */
  private final Map<String, List<LayerLevels>> networks = new LinkedHashMap<>();

  /**
   * @param name of a network
   * @param layers its quantized ones
   */
  void add(String name, List<LayerLevels> layers) {
    networks.put(name, layers);
  }

  /**
   * @return a table for each network, and one of all if there are several
   */
  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    networks.forEach(
        (name, layers) -> {
          text.append("**").append(name).append("**\n\n");
          text.append(Markdown.header(List.of(COLUMNS.split("\\|"))));
          layers.forEach(layer -> text.append(Markdown.row(row(layer))));
          text.append('\n');
        });
    if (networks.size() > 1) {
      all(text);
    }
    return text.toString();
  }

  private static List<String> row(LayerLevels layer) {
    return List.of(
        layer.name(),
        layer.shape(),
        String.format(Locale.ROOT, "%,d", layer.weights()),
        scale(layer),
        layer.levels() + " of " + (2 * layer.maxCode() + 1),
        ranges(layer.missing()),
        Markdown.number(100 * layer.shareOfZeros(), 2) + " %",
        String.format(Locale.ROOT, "%,d, %,d", layer.atLowerEnd(), layer.atUpperEnd()),
        Markdown.significant(100.0 * (layer.atLowerEnd() + layer.atUpperEnd()) / layer.weights(), 2)
            + " %");
  }

  private static String scale(LayerLevels layer) {
    return layer.scales() == 1
        ? scale(layer.smallestScale())
        : String.format(
            Locale.ROOT,
            "%d, %s to %s",
            layer.scales(),
            scale(layer.smallestScale()),
            scale(layer.largestScale()));
  }

  private static String scale(double scale) {
    return Markdown.significant(scale, 4);
  }

  /** Rising codes, with what follows one another drawn together: −7, −3 to −1, 6. */
  private static String ranges(int[] codes) {
    List<String> ranges = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < codes.length; i++) {
      if (i + 1 < codes.length && codes[i + 1] == codes[i] + 1) {
        continue;
      }
      String last = code(codes[i]);
      ranges.add(first == i ? last : code(codes[first]) + (first + 1 == i ? ", " : " to ") + last);
      first = i + 1;
    }
    return ranges.isEmpty() ? "none" : String.join(", ", ranges);
  }

  private static String code(int code) {
    return Markdown.number(code, 0);
  }

  /** A layer of one name in several networks is taken for the same layer if its shape is, too. */
  private void all(StringBuilder text) {
    Map<List<String>, List<LayerLevels>> byLayer = new LinkedHashMap<>();
    networks
        .values()
        .forEach(
            layers ->
                layers.forEach(
                    layer ->
                        byLayer
                            .computeIfAbsent(
                                List.of(layer.name(), layer.shape(), "" + layer.maxCode()),
                                key -> new ArrayList<>())
                            .add(layer)));
    text.append("**all ").append(networks.size()).append(" networks**\n\n");
    text.append(
        Markdown.header(
            List.of(
                "layer", "shape", "networks", "levels min / mean / max", "missing (networks)")));
    byLayer.values().forEach(layers -> text.append(Markdown.row(summary(layers))));
    text.append('\n');
  }

  private static List<String> summary(List<LayerLevels> layers) {
    Map<Integer, Integer> missing = new TreeMap<>();
    layers.forEach(
        layer -> {
          for (int code : layer.missing()) {
            missing.merge(code, 1, Integer::sum);
          }
        });
    var levels = layers.stream().mapToInt(LayerLevels::levels).summaryStatistics();
    return List.of(
        layers.get(0).name(),
        layers.get(0).shape(),
        "" + layers.size(),
        levels.getMin() + " / " + Markdown.number(levels.getAverage(), 2) + " / " + levels.getMax(),
        missing.isEmpty()
            ? "none"
            : missing.entrySet().stream()
                .map(entry -> code(entry.getKey()) + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", ")));
  }
}
