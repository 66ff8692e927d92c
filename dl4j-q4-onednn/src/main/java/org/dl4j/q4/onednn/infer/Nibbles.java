package org.dl4j.q4.onednn.infer;

import java.nio.LongBuffer;

/**
 * Codes from −8 to 7, two to a byte, to be unpacked fast: sixteen to a long, of which the low
 * halves of its bytes are the first eight and the high halves the next eight.
 */
final class Nibbles {

  /** Bytes that one long unpacks to. */
  private static final int CODES = 16;

  private static final long LOW_HALVES = 0x0f0f0f0f0f0f0f0fL;
  private static final long SIGNS = 0x0808080808080808L;
  private static final long EVEN = 0xfefefefefefefefeL;

  private final long[] packed;

  private Nibbles(long[] packed) {
    this.packed = packed;
  }

  /**
   * @param codes eight to a long, its length even
   */
  static Nibbles pack(LongBuffer codes) {
    long[] packed = new long[codes.remaining() / 2];
    for (int i = 0; i < packed.length; i++) {
      long low = codes.get(2 * i) & LOW_HALVES;
      long high = codes.get(2 * i + 1) & LOW_HALVES;
      packed[i] = low | high << 4;
    }
    return new Nibbles(packed);
  }

  /**
   * @param codes gets what {@link #pack} was given
   * @param twice whether times 2
   */
  void unpack(LongBuffer codes, boolean twice) {
    int shift = twice ? 1 : 0;
    long mask = twice ? EVEN : -1; // clears what a byte gets of the one before it
    for (int i = 0; i < packed.length; i++) {
      long pair = packed[i];
      codes.put(2 * i, extended(pair & LOW_HALVES) << shift & mask);
      codes.put(2 * i + 1, extended(pair >>> 4 & LOW_HALVES) << shift & mask);
    }
  }

  /** Copies the fourth bit of each byte to the four above it. */
  private static long extended(long halves) {
    return halves | (halves & SIGNS) * 0x1e;
  }

  /**
   * @param codes how many bytes they take unpacked
   * @return the next number of bytes that can be packed
   */
  static long padded(long codes) {
    return (codes + CODES - 1) / CODES * CODES;
  }

  long bytes() {
    return (long) packed.length * Long.BYTES;
  }
}
