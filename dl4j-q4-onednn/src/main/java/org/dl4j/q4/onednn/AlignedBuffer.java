package org.dl4j.q4.onednn;

import org.bytedeco.javacpp.BytePointer;

/** Native memory of our own, aligned as oneDNN's kernels like it. Freed when it is garbage. */
final class AlignedBuffer {

  /** A cache line, and the width of an AVX-512 register. */
  private static final long ALIGNMENT = 64;

  private final BytePointer memory;
  private final long size;

  AlignedBuffer(long size) {
    this.memory = new BytePointer(size + ALIGNMENT);
    this.memory.retainReference(); // it outlives any PointerScope that a caller may have open
    this.size = size;
  }

  long size() {
    return size;
  }

  long address() {
    return (memory.address() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** At once; the buffer must not be used again. */
  void free() {
    memory.deallocate();
  }
}
