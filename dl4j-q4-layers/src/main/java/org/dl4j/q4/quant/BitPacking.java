package org.dl4j.q4.quant;

/**
 * Codes side by side: the code at index i occupies bits i · b to i · b + b − 1 of the bytes, where
 * bit n is bit n mod 8 of byte n / 8, the least significant bit being 0. Codes are in two's
 * complement. With b = 4, the first code is a byte's low half, the second its high half.
 */
public final class BitPacking {

  private BitPacking() {}

  /**
   * @param count number of codes
   * @param bits width of each
   * @return bytes that they take
   * @throws ArithmeticException if that is more than a long holds
   */
  public static long length(long count, int bits) {
    return Math.addExact(Math.multiplyExact(count, (long) bits), Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * @param codes each from −2^(bits−1) to 2^(bits−1) − 1
   * @param bits 2 to 8
   * @return the packed bytes; unused bits of the last one are 0
   */
  public static byte[] pack(byte[] codes, int bits) {
    byte[] packed = new byte[Math.toIntExact(length(codes.length, bits))];
    int mask = (1 << bits) - 1;
    int pending = 0; // bits not yet written, the oldest the least significant
    int pendingBits = 0;
    int at = 0;
    for (byte code : codes) {
      pending |= (code & mask) << pendingBits;
      pendingBits += bits;
      while (pendingBits >= Byte.SIZE) {
        packed[at++] = (byte) pending;
        pending >>>= Byte.SIZE;
        pendingBits -= Byte.SIZE;
      }
    }
    if (pendingBits > 0) {
      packed[at] = (byte) pending;
    }
    return packed;
  }

  /**
   * @param packed from {@link #pack}
   * @param bits 2 to 8
   * @param count number of codes
   * @return the codes
   */
  public static byte[] unpack(byte[] packed, int bits, int count) {
    byte[] codes = new byte[count];
    int pending = 0;
    int pendingBits = 0;
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (pendingBits < bits) {
        pending |= Byte.toUnsignedInt(packed[at++]) << pendingBits;
        pendingBits += Byte.SIZE;
      }
      int unused = Integer.SIZE - bits;
      codes[i] = (byte) (pending << unused >> unused); // the sign is the code's highest bit
      pending >>>= bits;
      pendingBits -= bits;
    }
    return codes;
  }
}
