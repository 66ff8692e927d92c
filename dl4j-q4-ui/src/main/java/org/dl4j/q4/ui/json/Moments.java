package org.dl4j.q4.ui.json;

import org.dl4j.q4.stats.storage.PersistableReport;
import org.dl4j.q4.ui.sessions.Batch;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** When reports are from: the columns that all others are parallel to. */
final class Moments {

  private Moments() {}

  static ObjectNode of(Batch<PersistableReport> reports) {
    ObjectNode json = Json.object();
    json.put("stored", reports.stored());
    ArrayNode times = json.putArray("times");
    ArrayNode iterations = json.putArray("iterations");
    ArrayNode epochs = json.putArray("epochs");
    for (PersistableReport report : reports.records()) {
      times.add(report.getTimeStamp());
      iterations.add(report.report().iteration());
      epochs.add(report.report().epoch());
    }
    return json;
  }
}
