package org.dl4j.q4.examples.monitor;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.dl4j.q4.stats.storage.PersistableReport;

/**
 * The statistics of one run, which may be interrupted: the session goes on with the iterations of
 * the run, and what was reported after the checkpoint that it goes on from is forgotten. {@link
 * StatsListener} counts iterations from 0 whenever it is made; here they are the network's.
 */
final class RunStorage extends FileStatsStorage {

  private int first;

  /**
   * @param file made if there is none
   */
  RunStorage(File file) {
    super(file);
  }

  /**
   * Goes on with a session.
   *
   * @param session may be new
   * @param iterations how many updates the network has had
   */
  void goOn(String session, int iterations) {
    first = iterations;
    for (String type : List.of(StatsListener.TYPE_ID, PersistableReport.TYPE_ID)) {
      for (String worker : listWorkerIDsForSessionAndType(session, type)) {
        Map<Long, Persistable> updates = getUpdateMap(session, type, worker, false);
        for (Persistable update : getAllUpdatesAfter(session, type, worker, 0)) {
          if (isLater(update, iterations)) {
            updates.remove(update.getTimeStamp());
          }
        }
      }
    }
  }

  /** A step's score is reported by its number, from 0; weights by the number of their updates. */
  private static boolean isLater(Persistable update, int iterations) {
    return update instanceof StatsReport
        ? ((StatsReport) update).getIterationCount() >= iterations
        : ((PersistableReport) update).report().iteration() > iterations;
  }

  @Override
  public void putUpdate(Persistable update) {
    if (update instanceof StatsReport) {
      StatsReport report = (StatsReport) update;
      report.reportIterationCount(first + report.getIterationCount());
    }
    super.putUpdate(update);
  }
}
