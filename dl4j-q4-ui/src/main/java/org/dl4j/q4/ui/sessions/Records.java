package org.dl4j.q4.ui.sessions;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.core.storage.Persistable;

/**
 * What one kind of listener has stored in a session. Reads the records that are asked for and no
 * others: each is decoded anew by a storage in a file.
 *
 * @param <T> the class of the records
 */
public final class Records<T extends Persistable> {

  private final IndexedStorage storage;
  private final String session;
  private final String type;
  private final Class<T> kind;

  Records(IndexedStorage storage, String session, String type, Class<T> kind) {
    this.storage = storage;
    this.session = session;
    this.type = type;
    this.kind = kind;
  }

  /**
   * @return IDs of those who have stored a record, in alphabetical order
   */
  public List<String> workers() {
    return storage.storage().listWorkerIDsForSessionAndType(session, type).stream()
        .filter(worker -> !times(worker).isEmpty())
        .sorted()
        .collect(Collectors.toList());
  }

  /**
   * @param worker its ID
   * @return times of all its records, in milliseconds since 1970, ascending; empty for an unknown
   *     worker
   */
  public NavigableSet<Long> times(String worker) {
    return storage.times(session, type, worker);
  }

  /**
   * @param worker its ID
   * @param after a time, in milliseconds since 1970: records of later ones are read
   * @param points how many of them at most, 2 or more; the last is always among them
   * @return these records
   */
  public Batch<T> after(String worker, long after, int points) {
    long[] later =
        times(worker).tailSet(after, false).stream().mapToLong(Long::longValue).toArray();
    return new Batch<>(read(worker, Thinning.thin(later, points)), later.length);
  }

  /**
   * @param worker its ID
   * @return its last record
   */
  public Optional<T> latest(String worker) {
    NavigableSet<Long> times = times(worker);
    return times.isEmpty()
        ? Optional.empty()
        : read(worker, new long[] {times.last()}).stream().findFirst();
  }

  private List<T> read(String worker, long[] times) {
    return storage.storage().getUpdates(session, type, worker, times).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .collect(Collectors.toList());
  }
}
