package org.dl4j.q4.packed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The payload of one chunk, read from its start to its end. */
final class ChunkReader {

  private final Path file;
  private final String type;
  private final long start;
  private final ByteBuffer bytes;

  /**
   * @param start where the payload begins in the file
   */
  ChunkReader(Path file, String type, long start, byte[] payload) {
    this.file = file;
    this.type = type;
    this.start = start;
    this.bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
  }

  String type() {
    return type;
  }

  int remaining() {
    return bytes.remaining();
  }

  int u8() throws PackedModelException {
    return Byte.toUnsignedInt(next(bytes::get));
  }

  /** Its bits; negative from 2^31 on. */
  int u32() throws PackedModelException {
    return next(bytes::getInt);
  }

  float f32() throws PackedModelException {
    return next(bytes::getFloat);
  }

  String text() throws PackedModelException {
    int length = Short.toUnsignedInt(next(bytes::getShort));
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  byte[] bytes(int length) throws PackedModelException {
    if (length > bytes.remaining()) {
      throw endsEarly();
    }
    byte[] read = new byte[length];
    bytes.get(read);
    return read;
  }

  void requireEnd() throws PackedModelException {
    if (bytes.hasRemaining()) {
      throw error("expected the end of the chunk, found " + bytes.remaining() + " bytes more");
    }
  }

  private <T> T next(Supplier<T> value) throws PackedModelException {
    try {
      return value.get();
    } catch (BufferUnderflowException e) {
      throw endsEarly();
    }
  }

  private PackedModelException endsEarly() {
    return error("the chunk ends early");
  }

  PackedModelException error(String what) {
    return new PackedModelException(
        String.format("%s, chunk '%s', byte %d: %s", file, type, start + bytes.position(), what));
  }
}
