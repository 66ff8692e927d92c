package org.dl4j.q4.packed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Little-endian numbers, one after the other. */
final class ByteWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ByteWriter raw(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  ByteWriter u8(int value) {
    bytes.write(value);
    return this;
  }

  ByteWriter u16(int value) {
    return u8(value & 0xff).u8(value >>> 8);
  }

  ByteWriter u32(int value) {
    return raw(little(Integer.BYTES).putInt(value).array());
  }

  ByteWriter u64(long value) {
    return raw(little(Long.BYTES).putLong(value).array());
  }

  ByteWriter f32(float value) {
    return raw(little(Float.BYTES).putFloat(value).array());
  }

  /** The number of its bytes as u16, then UTF-8. */
  ByteWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 0xffff) {
      throw new IllegalArgumentException(
          "Expected a name of at most 65535 bytes, found one of " + utf8.length);
    }
    return u16(utf8.length).raw(utf8);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
