package org.dl4j.q4.onednn.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NibblesTest {

  @Test
  void everyCodeAtEveryPlaceComesBack() {
    for (int shift = 0; shift < 16; shift++) {
      byte[] codes = new byte[48];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (byte) ((i + shift) % 16 - 8);
      }
      assertArrayEquals(codes, thereAndBack(codes));
    }
  }

  @Test
  void randomCodesComeBackFromHalfTheBytes() {
    byte[] codes = new byte[1 << 12];
    Random random = new Random(1);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (random.nextInt(15) - 7);
    }
    assertArrayEquals(codes, thereAndBack(codes));
    assertEquals(codes.length / 2, Nibbles.pack(ByteBuffer.wrap(codes).asLongBuffer()).bytes());
  }

  @Test
  void twiceTheCodesComeBackIfAskedFor() {
    byte[] codes = {-8, -7, -1, 0, 1, 2, 3, 7, 7, -8, 7, -8, 0, -1, 0, 6};
    ByteBuffer unpacked = ByteBuffer.allocate(codes.length);
    Nibbles.pack(ByteBuffer.wrap(codes).asLongBuffer()).unpack(unpacked.asLongBuffer(), true);
    for (int i = 0; i < codes.length; i++) {
      assertEquals(2 * codes[i], unpacked.get(i));
    }
  }

  private static byte[] thereAndBack(byte[] codes) {
    ByteBuffer unpacked = ByteBuffer.allocate(codes.length);
    LongBuffer longs = unpacked.asLongBuffer();
    Nibbles.pack(ByteBuffer.wrap(codes).asLongBuffer()).unpack(longs, false);
    return unpacked.array();
  }
}
