package org.dl4j.q4.ui.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsReport;
import org.dl4j.q4.ui.sessions.Batch;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class ScoresJsonTest {

  private static StatsReport report(long time, int iteration) {
    SbeStatsReport report = new SbeStatsReport();
    report.reportIDs("s", StatsListener.TYPE_ID, "w", time);
    report.reportIterationCount(iteration);
    return report;
  }

  private static StatsReport report(long time, int iteration, double score) {
    StatsReport report = report(time, iteration);
    report.reportScore(score);
    return report;
  }

  @Test
  void scoreOverIterations() throws IOException {
    Map<String, Batch<StatsReport>> workers = new LinkedHashMap<>();
    workers.put(
        "first",
        new Batch<>(List.of(report(10, 0, 2.5), report(20, 5, Double.NaN), report(30, 10)), 4));
    workers.put("second", new Batch<>(List.of(), 0));
    assertEquals(
        new ObjectMapper()
            .readTree(
                "{\"workers\": [{\"worker\": \"first\", \"stored\": 4, \"times\": [10, 20, 30],"
                    + " \"iterations\": [0, 5, 10], \"scores\": [2.5, null, null]},"
                    + " {\"worker\": \"second\", \"stored\": 0, \"times\": [], \"iterations\": [],"
                    + " \"scores\": []}]}"),
        new ObjectMapper().readTree(ScoresJson.of(workers).toString()));
  }
}
