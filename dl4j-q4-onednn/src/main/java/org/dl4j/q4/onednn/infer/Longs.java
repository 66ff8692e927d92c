package org.dl4j.q4.onednn.infer;

import java.nio.ByteOrder;
import java.nio.LongBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.dl4j.q4.onednn.runtime.Address;

/** Native memory by its address, to be read and written from Java. */
final class Longs {

  private Longs() {}

  static Pointer pointer(long address, long bytes) {
    return new BytePointer(new Address().at(address)).capacity(bytes);
  }

  /**
   * @param bytes a multiple of eight
   */
  static LongBuffer of(long address, long bytes) {
    return pointer(address, bytes).asByteBuffer().order(ByteOrder.nativeOrder()).asLongBuffer();
  }

  static void clear(long address, long bytes) {
    Pointer.memset(pointer(address, bytes), 0, bytes);
  }
}
