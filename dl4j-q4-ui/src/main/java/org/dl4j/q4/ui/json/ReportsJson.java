package org.dl4j.q4.ui.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4j.q4.stats.LayerStatistics;
import org.dl4j.q4.stats.QuantizationReport;
import org.dl4j.q4.stats.StatsWarning;
import org.dl4j.q4.stats.storage.PersistableReport;
import org.dl4j.q4.ui.sessions.Batch;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** Reports as columns over time, a set of them for each layer's parameter, and the last in full. */
public final class ReportsJson {

  private ReportsJson() {}

  /**
   * @param reports in the order of their times
   * @return their figures but for the histograms, and those of the last one with it and with
   *     warnings. A layer that a report does not have, has nulls there
   */
  public static ObjectNode of(Batch<PersistableReport> reports) {
    ObjectNode json = Moments.of(reports);
    List<PersistableReport> records = reports.records();
    Map<List<String>, ObjectNode> layers = new LinkedHashMap<>();
    for (int i = 0; i < records.size(); i++) {
      for (LayerStatistics layer : records.get(i).report().layers()) {
        ObjectNode columns =
            layers.computeIfAbsent(
                List.of(layer.layer(), layer.parameter()), key -> columns(layer));
        for (String figure : Figures.keys()) {
          ArrayNode column = (ArrayNode) columns.get(figure);
          fill(column, i);
          column.add(Figures.of(layer, figure));
        }
      }
    }
    for (ObjectNode columns : layers.values()) {
      for (String figure : Figures.keys()) {
        fill((ArrayNode) columns.get(figure), records.size());
      }
    }
    json.putArray("layers").addAll(layers.values());
    if (records.isEmpty()) {
      json.putNull("latest");
    } else {
      json.set("latest", full(records.get(records.size() - 1)));
    }
    return json;
  }

  private static ObjectNode columns(LayerStatistics layer) {
    ObjectNode columns = Json.object();
    columns.put("layer", layer.layer());
    columns.put("parameter", layer.parameter());
    for (String figure : Figures.keys()) {
      columns.putArray(figure);
    }
    return columns;
  }

  private static void fill(ArrayNode column, int size) {
    while (column.size() < size) {
      column.addNull();
    }
  }

  private static ObjectNode full(PersistableReport record) {
    QuantizationReport report = record.report();
    ObjectNode json = Json.object();
    json.put("time", record.getTimeStamp());
    json.put("iteration", report.iteration());
    json.put("epoch", report.epoch());
    json.set("gradientNorm", Json.number(report.gradient().beforeClipping()));
    json.set("clippedGradientNorm", Json.number(report.gradient().afterClipping()));
    ArrayNode layers = json.putArray("layers");
    for (LayerStatistics layer : report.layers()) {
      layers.add(full(layer));
    }
    ArrayNode warnings = json.putArray("warnings");
    for (StatsWarning warning : report.warnings()) {
      warnings
          .addObject()
          .put("kind", warning.kind().name())
          .put("layer", warning.layer())
          .put("parameter", warning.parameter())
          .put("message", warning.message());
    }
    return json;
  }

  private static ObjectNode full(LayerStatistics layer) {
    ObjectNode json = Json.object();
    json.put("layer", layer.layer());
    json.put("parameter", layer.parameter());
    json.put("weights", layer.weights());
    json.put("nonFinite", layer.nonFinite());
    json.put("levels", layer.histogram().levels());
    json.set("deadLevels", Json.numbers(layer.histogram().deadLevels()));
    json.set("histogram", Json.numbers(layer.histogram().counts()));
    Figures.putAll(layer, json);
    return json;
  }
}
