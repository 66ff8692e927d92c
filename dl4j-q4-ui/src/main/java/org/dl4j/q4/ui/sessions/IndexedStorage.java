package org.dl4j.q4.ui.sessions;

import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.core.storage.StatsStorageListener;

/**
 * A storage that tells at once when its records are from. A storage in a file decodes the keys of
 * all records for that, some 50 microseconds each; a page that asks every two seconds would keep a
 * processor busy. So the times that were asked for once are kept, and the storage tells new ones.
 * For any thread.
 */
final class IndexedStorage implements StatsStorageListener {

  /** Times of one worker's records. */
  private static final class Times {

    private final NavigableSet<Long> all = new ConcurrentSkipListSet<>();
    private boolean read;

    /** What arrives meanwhile is added by {@link #notify}; a time that both find is there once. */
    synchronized void readOnce(StatsStorage storage, List<String> key) {
      if (!read) {
        long[] stored = storage.getAllUpdateTimes(key.get(0), key.get(1), key.get(2));
        for (int i = 0; stored != null && i < stored.length; i++) {
          all.add(stored[i]);
        }
        read = true;
      }
    }
  }

  private final StatsStorage storage;
  private final ConcurrentMap<List<String>, Times> index = new ConcurrentHashMap<>();

  IndexedStorage(StatsStorage storage) {
    this.storage = storage;
  }

  StatsStorage storage() {
    return storage;
  }

  /**
   * @return times of all records of a worker, in milliseconds since 1970; empty for an unknown one.
   *     Grows as records come
   */
  NavigableSet<Long> times(String session, String type, String worker) {
    List<String> key = List.of(session, type, worker);
    // First there, then read: a record is either stored before the reading, or told to what is
    // there.
    Times times = index.computeIfAbsent(key, unused -> new Times());
    times.readOnce(storage, key);
    return Collections.unmodifiableNavigableSet(times.all);
  }

  /** In the thread that stores, which is that of training. */
  @Override
  public void notify(StatsStorageEvent event) {
    if (event.getEventType() == EventType.PostUpdate) {
      Times times =
          index.get(List.of(event.getSessionID(), event.getTypeID(), event.getWorkerID()));
      if (times != null) {
        times.all.add(event.getTimestamp());
      }
    }
  }
}
