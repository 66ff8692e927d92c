package org.dl4j.q4.examples.monitor;

import java.io.File;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.dl4j.q4.stats.storage.PersistableReport;
import org.dl4j.q4.stats.storage.StorageRoute;

/**
 * The statistics of one run, which may be interrupted: its session goes on, and what was reported
 * after the checkpoint that it goes on from is forgotten.
 */
final class RunStorage extends FileStatsStorage {

  /** Of the stock listener; the same at every start of the run, so that the UI shows one. */
  static final String WORKER = "train";

  /**
   * @param file made if there is none
   */
  RunStorage(File file) {
    super(file);
  }

  /**
   * Forgets what a run that goes on does again.
   *
   * @param session of the run
   * @param iterations how many updates the network has had
   */
  void forgetAfter(String session, int iterations) {
    // One worker each. A session from before it had a report of a type does not list that one's.
    forgetAfter(session, StatsListener.TYPE_ID, WORKER, iterations);
    forgetAfter(session, PersistableReport.TYPE_ID, StorageRoute.DEFAULT_WORKER, iterations);
  }

  private void forgetAfter(String session, String type, String worker, int iterations) {
    for (Persistable update : getAllUpdatesAfter(session, type, worker, 0)) {
      if (isLater(update, iterations)) {
        getUpdateMap(session, type, worker, false).remove(update.getTimeStamp());
      }
    }
  }

  /** A step's score is reported by its number, from 0; weights by the number of their updates. */
  private static boolean isLater(Persistable update, int iterations) {
    return update instanceof StatsReport
        ? ((StatsReport) update).getIterationCount() >= iterations
        : ((PersistableReport) update).report().iteration() > iterations;
  }
}
