package org.dl4j.q4.ui.json;

import java.util.Optional;
import org.dl4j.q4.stats.CodeHistogram;
import org.dl4j.q4.stats.LayerStatistics;
import org.dl4j.q4.stats.QuantizationReport;
import org.dl4j.q4.stats.storage.PersistableReport;
import org.dl4j.q4.ui.sessions.Batch;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** How often each code of one parameter occurs, over time. */
public final class HistogramsJson {

  private HistogramsJson() {}

  /**
   * @param reports in the order of their times
   * @param layer the layer's name
   * @param parameter the parameter's name in it
   * @return for each report the counts of the codes −q … q, an empty list where there are none
   */
  public static ObjectNode of(Batch<PersistableReport> reports, String layer, String parameter) {
    ObjectNode json = Moments.of(reports);
    json.put("layer", layer);
    json.put("parameter", parameter);
    ArrayNode counts = json.putArray("counts");
    for (PersistableReport record : reports.records()) {
      counts.add(
          Json.numbers(
              find(record.report(), layer, parameter)
                  .map(LayerStatistics::histogram)
                  .orElse(CodeHistogram.NONE)
                  .counts()));
    }
    return json;
  }

  /**
   * @param report any
   * @param layer a layer's name
   * @param parameter a parameter's name
   * @return this parameter's figures, if the report has them
   */
  public static Optional<LayerStatistics> find(
      QuantizationReport report, String layer, String parameter) {
    return report.layers().stream()
        .filter(found -> found.layer().equals(layer) && found.parameter().equals(parameter))
        .findFirst();
  }
}
