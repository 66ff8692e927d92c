package org.dl4j.q4.ui.sessions;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;

/** The storages that the server shows. For any thread. */
public final class AttachedStorages {

  private final List<IndexedStorage> storages = new CopyOnWriteArrayList<>();

  /**
   * @param storage to be shown from now on
   */
  public void attach(StatsStorage storage) {
    IndexedStorage indexed = new IndexedStorage(storage);
    storage.registerStatsStorageListener(indexed);
    storages.add(indexed);
  }

  /**
   * @param storage to be shown no more
   */
  public void detach(StatsStorage storage) {
    List<IndexedStorage> gone =
        storages.stream()
            .filter(indexed -> indexed.storage() == storage)
            .collect(Collectors.toList());
    gone.forEach(storage::deregisterStatsStorageListener);
    storages.removeAll(gone);
  }

  /** A storage that its owner has closed is as good as detached. */
  private Stream<IndexedStorage> open() {
    return storages.stream().filter(indexed -> !indexed.storage().isClosed());
  }

  /**
   * @return the IDs of all sessions, each once
   */
  public List<String> sessions() {
    return open()
        .flatMap(indexed -> indexed.storage().listSessionIDs().stream())
        .distinct()
        .collect(Collectors.toList());
  }

  /**
   * @param <T> the class of the records
   * @param session its ID
   * @param type ID of a listener
   * @param kind the class of its records
   * @return what this listener has stored in the session, in the first storage that has the session
   */
  public <T extends Persistable> Optional<Records<T>> records(
      String session, String type, Class<T> kind) {
    return open()
        .filter(indexed -> indexed.storage().sessionExists(session))
        .findFirst()
        .map(indexed -> new Records<>(indexed, session, type, kind));
  }
}
