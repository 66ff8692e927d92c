package org.dl4j.q4.ui.sessions;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.deeplearning4j.core.storage.StatsStorage;

/** The storages that the server shows. For any thread. */
public final class AttachedStorages {

  private final List<StatsStorage> storages = new CopyOnWriteArrayList<>();

  /**
   * @param storage to be shown from now on
   */
  public void attach(StatsStorage storage) {
    storages.add(storage);
  }

  /**
   * @param storage to be shown no more
   */
  public void detach(StatsStorage storage) {
    storages.remove(storage);
  }

  /**
   * @return those that are open, in the order in which they were attached: one that its owner has
   *     closed is as good as detached
   */
  public List<StatsStorage> open() {
    return storages.stream().filter(storage -> !storage.isClosed()).collect(Collectors.toList());
  }

  /**
   * @param session its ID
   * @return the first storage that has this session
   */
  public Optional<StatsStorage> holding(String session) {
    return open().stream().filter(storage -> storage.sessionExists(session)).findFirst();
  }

  /**
   * @return the IDs of all sessions, each once
   */
  public List<String> sessions() {
    return open().stream()
        .flatMap(storage -> storage.listSessionIDs().stream())
        .distinct()
        .collect(Collectors.toList());
  }
}
