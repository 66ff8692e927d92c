package org.dl4j.q4.ui.sessions;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;

/**
 * What one kind of listener has stored in a session. Reads the records that are asked for and no
 * others: each is decoded anew by a storage in a file.
 *
 * @param <T> the class of the records
 */
public final class Records<T extends Persistable> {

  private final StatsStorage storage;
  private final String session;
  private final String type;
  private final Class<T> kind;

  /**
   * @param storage that holds the session
   * @param session its ID
   * @param type ID of the listener
   * @param kind the class of its records
   */
  public Records(StatsStorage storage, String session, String type, Class<T> kind) {
    this.storage = storage;
    this.session = session;
    this.type = type;
    this.kind = kind;
  }

  /**
   * @return IDs of those who have stored a record, in alphabetical order
   */
  public List<String> workers() {
    return storage.getLatestUpdateAllWorkers(session, type).stream()
        .map(Persistable::getWorkerID)
        .sorted()
        .collect(Collectors.toList());
  }

  /**
   * @param worker its ID
   * @return times of all its records, in milliseconds since 1970, ascending; empty for an unknown
   *     worker
   */
  public long[] times(String worker) {
    long[] times = storage.getAllUpdateTimes(session, type, worker);
    if (times == null) {
      return new long[0];
    }
    Arrays.sort(times);
    return times;
  }

  /**
   * @param worker its ID
   * @param after a time, in milliseconds since 1970: records of later ones are read
   * @param points how many of them at most, 2 or more; the last is always among them
   * @return these records
   */
  public Batch<T> after(String worker, long after, int points) {
    long[] later = Arrays.stream(times(worker)).filter(time -> time > after).toArray();
    long[] kept = Thinning.thin(later, points);
    List<T> records =
        storage.getUpdates(session, type, worker, kept).stream()
            .filter(kind::isInstance)
            .map(kind::cast)
            .collect(Collectors.toList());
    return new Batch<>(records, later.length);
  }

  /**
   * @param worker its ID
   * @return its last record
   */
  public Optional<T> latest(String worker) {
    long[] times = times(worker);
    return times.length == 0
        ? Optional.empty()
        : after(worker, times[times.length - 1] - 1, 2).records().stream().findFirst();
  }
}
