package org.dl4j.q4.onednn.infer;

import java.util.ArrayList;
import java.util.List;
import org.dl4j.q4.onednn.runtime.AlignedBuffer;

/** Gives values places in memory: two share one if they are not needed at the same time. */
final class Places {

  private static final class Place {
    private long bytes;
    private int busyUntil;
    private final List<Value> values = new ArrayList<>();
  }

  private Places() {}

  /**
   * @param values in the order of their first steps
   * @return the memory, to be kept as long as the values are used
   */
  static List<AlignedBuffer> assign(List<Value> values) {
    List<Place> places = new ArrayList<>();
    for (Value value : values) {
      Place place = free(places, value);
      place.values.add(value);
      place.bytes = Math.max(place.bytes, value.bytes());
      place.busyUntil = value.last();
    }
    List<AlignedBuffer> buffers = new ArrayList<>();
    for (Place place : places) {
      AlignedBuffer buffer = new AlignedBuffer(place.bytes);
      buffers.add(buffer);
      place.values.forEach(value -> value.bind(buffer.address()));
    }
    return buffers;
  }

  /** Of those that are free the one that has to grow least. */
  private static Place free(List<Place> places, Value value) {
    Place best = null;
    for (Place place : places) {
      if (place.busyUntil < value.first
          && (best == null || growth(place, value) < growth(best, value))) {
        best = place;
      }
    }
    if (best == null) {
      best = new Place();
      places.add(best);
    }
    return best;
  }

  private static long growth(Place place, Value value) {
    return Math.abs(value.bytes() - place.bytes);
  }
}
