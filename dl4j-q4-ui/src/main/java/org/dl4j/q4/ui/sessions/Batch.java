package org.dl4j.q4.ui.sessions;

import java.util.List;
import org.deeplearning4j.core.storage.Persistable;

/**
 * Some of a worker's records, in the order of their times. Immutable.
 *
 * @param <T> of which kind
 */
public final class Batch<T extends Persistable> {

  private final List<T> records;
  private final int stored;

  /**
   * @param records those that were read
   * @param stored how many there are in the stretch of time that they are from
   */
  public Batch(List<T> records, int stored) {
    this.records = List.copyOf(records);
    this.stored = stored;
  }

  /**
   * @return those that were read
   */
  public List<T> records() {
    return records;
  }

  /**
   * @return how many there are in the stretch of time that they are from: more than were read, if
   *     they have been thinned out
   */
  public int stored() {
    return stored;
  }
}
