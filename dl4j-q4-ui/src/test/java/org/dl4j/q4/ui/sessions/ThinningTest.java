package org.dl4j.q4.ui.sessions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ThinningTest {

  @Test
  void keepsFew() {
    assertArrayEquals(new long[0], Thinning.thin(new long[0], 2));
    assertArrayEquals(new long[] {5, 7, 9}, Thinning.thin(new long[] {5, 7, 9}, 3));
  }

  @Test
  void keepsFirstLastAndEvenOnesBetween() {
    assertArrayEquals(
        new long[] {0, 25, 50, 75, 100},
        Thinning.thin(LongStream.rangeClosed(0, 100).toArray(), 5));
    assertArrayEquals(new long[] {1, 3}, Thinning.thin(new long[] {1, 2, 3}, 2));
    // Steps of 9 / 3.
    assertArrayEquals(
        new long[] {10, 13, 16, 19}, Thinning.thin(LongStream.range(10, 20).toArray(), 4));
  }

  @Test
  void keepsAsManyAsAskedOfVeryMany() {
    long[] kept = Thinning.thin(LongStream.range(0, 10_000_000).toArray(), 5000);
    assertEquals(5000, LongStream.of(kept).distinct().count());
    assertEquals(9_999_999, kept[4999]);
  }

  @Test
  void refusesOnePoint() {
    assertThrows(IllegalArgumentException.class, () -> Thinning.thin(new long[3], 1));
  }
}
