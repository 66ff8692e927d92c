package org.dl4j.q4.onednn.runtime;

import org.bytedeco.javacpp.BytePointer;

/** Native memory of our own, aligned as oneDNN's kernels like it. Freed when it is garbage. */
public final class AlignedBuffer {

  /** A cache line, and the width of an AVX-512 register. */
  private static final long ALIGNMENT = 64;

  private final BytePointer memory;
  private final long size;

  public AlignedBuffer(long size) {
    this.memory = new BytePointer(size + ALIGNMENT);
    this.memory.retainReference(); // it outlives any PointerScope that a caller may have open
    this.size = size;
  }

  public long size() {
    return size;
  }

  public long address() {
    return (memory.address() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** At once; the buffer must not be used again. */
  public void free() {
    memory.deallocate();
  }
}
