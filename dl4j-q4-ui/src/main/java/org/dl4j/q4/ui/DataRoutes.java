package org.dl4j.q4.ui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.dl4j.q4.stats.QuantizationReport;
import org.dl4j.q4.stats.storage.PersistableReport;
import org.dl4j.q4.ui.json.HistogramsJson;
import org.dl4j.q4.ui.json.ReportsJson;
import org.dl4j.q4.ui.json.ScoresJson;
import org.dl4j.q4.ui.json.SessionsJson;
import org.dl4j.q4.ui.sessions.AttachedStorages;
import org.dl4j.q4.ui.sessions.Batch;
import org.dl4j.q4.ui.sessions.Records;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * From queries to JSON. Each throws a {@link RequestException} of status 400 for a parameter that
 * is missing or no number, and of 404 for a session, worker or layer that does not exist, with a
 * message that says which do.
 */
final class DataRoutes {

  private final AttachedStorages storages;
  private final ServerMode mode;

  DataRoutes(AttachedStorages storages, ServerMode mode) {
    this.storages = storages;
    this.mode = mode;
  }

  ObjectNode sessions(Query query) {
    List<String> attached = storages.sessions();
    query.text("session").filter(id -> !attached.contains(id)).ifPresent(mode::load);
    return SessionsJson.of(storages, mode.multiSession());
  }

  ObjectNode reports(Query query) {
    Records<PersistableReport> records = reportsOf(query);
    return ReportsJson.of(records.after(worker(query, records), query.after(), query.points()));
  }

  ObjectNode histograms(Query query) {
    String layer = query.required("layer");
    String parameter = query.required("parameter");
    Records<PersistableReport> records = reportsOf(query);
    String worker = worker(query, records);
    Batch<PersistableReport> batch = records.after(worker, query.after(), query.points());
    Optional<QuantizationReport> latest = records.latest(worker).map(PersistableReport::report);
    boolean known =
        latest.stream().anyMatch(report -> has(report, layer, parameter))
            || batch.records().stream().anyMatch(record -> has(record.report(), layer, parameter));
    if (!known) {
      throw new RequestException(
          404,
          String.format(
              "No parameter \"%s\" of a layer \"%s\" in these reports; there are: %s",
              parameter, layer, latest.map(DataRoutes::names).orElse("none")));
    }
    return HistogramsJson.of(batch, layer, parameter);
  }

  private static boolean has(QuantizationReport report, String layer, String parameter) {
    return HistogramsJson.find(report, layer, parameter).isPresent();
  }

  private static String names(QuantizationReport report) {
    return report.layers().stream()
        .map(layer -> "\"" + layer.parameter() + "\" of \"" + layer.layer() + "\"")
        .collect(Collectors.joining(", "));
  }

  ObjectNode scores(Query query) {
    Records<StatsReport> records = records(query, StatsListener.TYPE_ID, StatsReport.class);
    long after = query.after();
    int points = query.points();
    Map<String, Batch<StatsReport>> workers = new LinkedHashMap<>();
    for (String worker : records.workers()) {
      workers.put(worker, records.after(worker, after, points));
    }
    return ScoresJson.of(workers);
  }

  private Records<PersistableReport> reportsOf(Query query) {
    return records(query, PersistableReport.TYPE_ID, PersistableReport.class);
  }

  private <T extends Persistable> Records<T> records(Query query, String type, Class<T> kind) {
    String session = query.required("session");
    Optional<Records<T>> records = storages.records(session, type, kind);
    if (records.isEmpty()) {
      mode.load(session);
      records = storages.records(session, type, kind);
    }
    return records.orElseThrow(() -> unknown("session", session, storages.sessions()));
  }

  private static String worker(Query query, Records<?> records) {
    List<String> workers = records.workers();
    if (workers.isEmpty()) {
      throw new RequestException(
          404,
          "The session \""
              + query.required("session")
              + "\" has no reports of quantization: a Q4StatsListener with a StorageRoute stores"
              + " them");
    }
    String worker = query.text("worker").orElse(workers.get(0));
    if (!workers.contains(worker)) {
      throw unknown("worker", worker, workers);
    }
    return worker;
  }

  private static RequestException unknown(String what, String id, List<String> known) {
    return new RequestException(
        404,
        String.format(
            "No %s \"%s\"; there %s",
            what,
            id,
            known.isEmpty()
                ? "is none"
                : known.stream().collect(Collectors.joining("\", \"", "are: \"", "\""))));
  }
}
