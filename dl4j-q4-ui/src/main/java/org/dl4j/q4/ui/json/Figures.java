package org.dl4j.q4.ui.json;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.dl4j.q4.stats.LayerStatistics;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * The figures of a layer's parameter that are single numbers and may be unknown; docs/statistics.md
 * explains them.
 */
final class Figures {

  private static final Map<String, ToDoubleFunction<LayerStatistics>> BY_KEY = byKey();

  private Figures() {}

  private static Map<String, ToDoubleFunction<LayerStatistics>> byKey() {
    Map<String, ToDoubleFunction<LayerStatistics>> figures = new LinkedHashMap<>();
    figures.put("levelsUsed", Figures::levelsUsed);
    figures.put("saturated", layer -> layer.histogram().saturated());
    figures.put("flipped", layer -> layer.changes().flipped());
    figures.put("oscillating", layer -> layer.changes().oscillating());
    figures.put("flipTrend", layer -> layer.changes().flipTrend());
    figures.put("scale", layer -> layer.fit().scale());
    figures.put("scaleDrift", layer -> layer.changes().scaleDrift());
    figures.put("outlierRatio", layer -> layer.fit().outlierRatio());
    figures.put("sqnr", layer -> layer.fit().sqnr());
    figures.put("gradientNorm", layer -> layer.gradient().beforeClipping());
    figures.put("clippedGradientNorm", layer -> layer.gradient().afterClipping());
    return Collections.unmodifiableMap(figures);
  }

  private static double levelsUsed(LayerStatistics layer) {
    return layer.histogram().levels() == 0 ? Double.NaN : layer.histogram().levelsUsed();
  }

  static Collection<String> keys() {
    return BY_KEY.keySet();
  }

  static JsonNode of(LayerStatistics layer, String key) {
    return Json.number(BY_KEY.get(key).applyAsDouble(layer));
  }

  static void putAll(LayerStatistics layer, ObjectNode json) {
    keys().forEach(key -> json.set(key, of(layer, key)));
  }
}
