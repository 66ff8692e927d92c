package org.dl4j.q4.ui.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import org.dl4j.q4.stats.storage.PersistableReport;
import org.dl4j.q4.ui.sessions.AttachedStorages;
import org.dl4j.q4.ui.sessions.Records;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** What there is to choose from. */
public final class SessionsJson {

  private SessionsJson() {}

  /**
   * @param storages that are attached
   * @param multiSession whether DL4J's own pages have the session in their paths
   * @return each session with the workers that have stored reports of quantization: none, in one
   *     without. The session whose last such report is the latest comes first, those without last
   */
  public static ObjectNode of(AttachedStorages storages, boolean multiSession) {
    List<ObjectNode> sessions = new ArrayList<>();
    for (String session : storages.sessions()) {
      storages
          .records(session, PersistableReport.TYPE_ID, PersistableReport.class)
          .ifPresent(records -> sessions.add(session(session, records)));
    }
    sessions.sort(
        Comparator.comparingLong((ObjectNode session) -> session.path("latest").asLong())
            .reversed());
    ObjectNode json = Json.object();
    json.put("multiSession", multiSession);
    json.putArray("sessions").addAll(sessions);
    return json;
  }

  private static ObjectNode session(String session, Records<PersistableReport> records) {
    ObjectNode json = Json.object();
    json.put("id", session);
    long first = Long.MAX_VALUE;
    long last = 0;
    ArrayNode workers = json.putArray("workers");
    for (String worker : records.workers()) {
      NavigableSet<Long> times = records.times(worker);
      first = Math.min(first, times.first());
      last = Math.max(last, times.last());
      workers.addObject().put("id", worker).put("reports", times.size());
    }
    if (workers.isEmpty()) {
      json.putNull("first").putNull("latest");
    } else {
      json.put("first", first).put("latest", last);
    }
    return json;
  }
}
