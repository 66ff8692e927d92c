package org.dl4j.q4.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.dl4j.q4.stats.QuantizationReport;
import org.dl4j.q4.stats.storage.PersistableReport;
import org.dl4j.q4.stats.storage.StorageRoute;

/** What a run's {@code stats.db} holds, in the order of time: of one session and one worker. */
final class StatisticsOfRun {

  final String session;
  final List<Integer> iterations = new ArrayList<>();
  final List<Double> scores = new ArrayList<>();
  final List<QuantizationReport> quantization;

  private StatisticsOfRun(FileStatsStorage storage) {
    assertEquals(1, storage.listSessionIDs().size(), storage.listSessionIDs()::toString);
    session = storage.listSessionIDs().get(0);
    assertEquals(1, storage.listWorkerIDsForSessionAndType(session, StatsListener.TYPE_ID).size());
    for (Persistable update : storage.getAllUpdatesAfter(session, StatsListener.TYPE_ID, 0)) {
      iterations.add(((StatsReport) update).getIterationCount());
      scores.add(((StatsReport) update).getScore());
    }
    quantization =
        storage
            .getAllUpdatesAfter(session, PersistableReport.TYPE_ID, StorageRoute.DEFAULT_WORKER, 0)
            .stream()
            .map(update -> ((PersistableReport) update).report())
            .collect(Collectors.toList());
  }

  static StatisticsOfRun in(Path folder) {
    FileStatsStorage storage = new FileStatsStorage(folder.resolve("stats.db").toFile());
    try {
      return new StatisticsOfRun(storage);
    } finally {
      storage.close();
    }
  }

  List<Integer> quantizationIterations() {
    return quantization.stream().map(QuantizationReport::iteration).collect(Collectors.toList());
  }
}
