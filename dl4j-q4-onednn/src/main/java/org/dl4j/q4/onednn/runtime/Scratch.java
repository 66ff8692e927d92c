package org.dl4j.q4.onednn.runtime;

import java.util.EnumMap;
import java.util.Map;

/**
 * Working memory of a thread, shared by all kernels that run on it: what a call needs between its
 * own steps, and nothing that has to outlive it. Each kind of content has one buffer, as large as
 * the largest that was ever asked for, so that a training step allocates nothing.
 */
public final class Scratch {

  /** What a buffer holds during a call; two of a kind are never needed at once. */
  public enum Slot {
    SOURCE,
    WEIGHTS,
    DESTINATION,
    SOURCE_GRADIENT,
    WEIGHT_GRADIENT,
    BIAS_GRADIENT,
    PRIMITIVE
  }

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private final Map<Slot, AlignedBuffer> buffers = new EnumMap<>(Slot.class);

  private Scratch() {}

  /**
   * The address of this thread's buffer of a kind, of at least so many bytes; valid until the next
   * call.
   */
  public static long address(Slot slot, long bytes) {
    return OF_THREAD.get().buffer(slot, bytes).address();
  }

  private AlignedBuffer buffer(Slot slot, long bytes) {
    AlignedBuffer buffer = buffers.get(slot);
    if (buffer == null || buffer.size() < bytes) {
      if (buffer != null) {
        buffer.free();
      }
      buffer = new AlignedBuffer(bytes);
      buffers.put(slot, buffer);
    }
    return buffer;
  }
}
