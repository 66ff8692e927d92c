package org.dl4j.q4.ui.json;

import java.util.Map;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.dl4j.q4.ui.sessions.Batch;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The network's score, its loss, as the stock {@code StatsListener} stores it. */
public final class ScoresJson {

  private ScoresJson() {}

  /**
   * @param workers the stock listener's records by worker
   * @return score over iterations for each worker; null where a record has none
   */
  public static ObjectNode of(Map<String, Batch<StatsReport>> workers) {
    ObjectNode json = Json.object();
    ArrayNode all = json.putArray("workers");
    workers.forEach(
        (worker, batch) -> {
          ObjectNode columns = all.addObject();
          columns.put("worker", worker);
          columns.put("stored", batch.stored());
          ArrayNode times = columns.putArray("times");
          ArrayNode iterations = columns.putArray("iterations");
          ArrayNode scores = columns.putArray("scores");
          for (StatsReport report : batch.records()) {
            times.add(report.getTimeStamp());
            iterations.add(report.getIterationCount());
            scores.add(Json.number(report.hasScore() ? report.getScore() : Double.NaN));
          }
        });
    return json;
  }
}
