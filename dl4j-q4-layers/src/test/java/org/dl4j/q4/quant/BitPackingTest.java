package org.dl4j.q4.quant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BitPackingTest {

  @Test
  void fourBitsAreLowHalfThenHighHalf() {
    // 7 = 0111, −7 = 1001, −1 = 1111
    assertArrayEquals(
        new byte[] {(byte) 0b1001_0111, (byte) 0b0000_1111},
        BitPacking.pack(new byte[] {7, -7, -1}, 4));
  }

  @Test
  void threeBitsCrossBytes() {
    // 3 = 011, −3 = 101, 1 = 001, least significant bits first: 01 101 011 | 0
    assertArrayEquals(
        new byte[] {0b01_101_011, 0b0000000_0}, BitPacking.pack(new byte[] {3, -3, 1}, 3));
  }

  @Test
  void lengths() {
    assertEquals(0, BitPacking.length(0, 4));
    assertEquals(1, BitPacking.length(1, 4));
    assertEquals(2, BitPacking.length(3, 4));
    assertEquals(2, BitPacking.length(3, 3));
    assertEquals(1_623_392, BitPacking.length(3_246_784, 4)); // VGG4bit's weights
    assertThrows(ArithmeticException.class, () -> BitPacking.length(Long.MAX_VALUE / 2, 4));
  }

  @Property(tries = 500)
  void unpackingGivesTheCodesAgain(
      @ForAll @Size(max = 50) byte[] bytes, @ForAll @IntRange(min = 2, max = 8) int bits) {
    byte[] codes = bytes.clone();
    for (int i = 0; i < codes.length; i++) {
      int unused = Integer.SIZE - bits;
      codes[i] = (byte) ((codes[i] << unused) >> unused);
    }
    byte[] packed = BitPacking.pack(codes, bits);
    assertEquals(BitPacking.length(codes.length, bits), packed.length);
    assertArrayEquals(codes, BitPacking.unpack(packed, bits, codes.length));
  }
}
