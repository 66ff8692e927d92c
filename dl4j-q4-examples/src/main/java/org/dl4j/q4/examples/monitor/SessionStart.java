package org.dl4j.q4.examples.monitor;

import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsUpdateConfiguration;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;
import org.dl4j.q4.examples.model.ImageNetwork;

/**
 * The description of machine and network that a session begins with: without it, the UI's own pages
 * do not show the session. {@link StatsListener} stores one when it sees the network's iteration 0,
 * which it never does if the network comes from a checkpoint.
 */
final class SessionStart {

  private SessionStart() {}

  /**
   * @param storage gets the description
   * @param session that begins
   * @param worker who reports in it
   * @param network that is reported on, not training at the moment
   */
  static void put(StatsStorage storage, String session, String worker, ImageNetwork network) {
    // Reports on every second iteration leave iteration 0 out: the description is all there is.
    StatsUpdateConfiguration nothing =
        new DefaultStatsUpdateConfiguration.Builder()
            .reportingFrequency(2)
            .collectPerformanceStats(false)
            .build();
    int iterations = network.iterationCount();
    network.setIterationCount(0);
    try {
      new StatsListener(storage, null, nothing, session, worker)
          .iterationDone(network.model(), 0, network.epochCount());
    } finally {
      network.setIterationCount(iterations);
    }
  }
}
