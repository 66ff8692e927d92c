package org.dl4j.q4.stats.storage;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.dl4j.q4.stats.QuantizationReport;
import org.dl4j.q4.stats.StatsRoute;

/**
 * Reports as updates in a {@code StatsStorage}, or by a {@code RemoteUIStatsStorageRouter} in that
 * of another machine, which needs this library on its class path. To be found beside what the stock
 * listener stores, they need its session:
 *
 * <pre>
 *   StatsListener stock = new StatsListener(storage);
 *   Q4StatsListener q4 =
 *       Q4StatsListener.builder().route(new StorageRoute(storage, stock.getSessionID())).build();
 *   network.addListeners(stock, q4);
 * </pre>
 *
 * <p>A worker's first report is its static info, too: a storage lists sessions and workers by these
 * alone.
 *
 * <p>A storage keeps one record for a time in milliseconds: two reports of a worker within one get
 * times that follow each other.
 */
public final class StorageRoute implements StatsRoute {

  /** Of the reports' worker, if none is given. */
  public static final String DEFAULT_WORKER = "q4";

  private final StatsStorageRouter storage;
  private final String sessionId;
  private final String workerId;
  private final Set<String> announced = new HashSet<>();
  private long lastTime = Long.MIN_VALUE;

  /**
   * @param storage where reports go
   * @param sessionId the session that they belong to
   */
  public StorageRoute(StatsStorageRouter storage, String sessionId) {
    this(storage, sessionId, DEFAULT_WORKER);
  }

  /**
   * @param storage where reports go
   * @param sessionId the session that they belong to
   * @param workerId of the first network; any further one's has its number appended, as in {@code
   *     q4_1}
   */
  public StorageRoute(StatsStorageRouter storage, String sessionId, String workerId) {
    this.storage = Objects.requireNonNull(storage, "storage");
    this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
    this.workerId = Objects.requireNonNull(workerId, "workerId");
  }

  @Override
  public void put(QuantizationReport report) {
    String worker = report.network() == 0 ? workerId : workerId + "_" + report.network();
    lastTime = Math.max(lastTime + 1, report.timestamp());
    PersistableReport record = new PersistableReport(sessionId, worker, lastTime, report);
    if (announced.add(worker)) {
      storage.putStaticInfo(record);
    }
    storage.putUpdate(record);
  }
}
