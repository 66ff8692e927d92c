package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests' own rounding, at points worked out by hand: 8 significant bits. */
class Bf16Test {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-127, -127",
    "255, 255",
    "256, 256",
    "257, 256", // a tie, to the even of 256 and 258
    "259, 260", // a tie, to the even of 258 and 260
    "258.9, 258",
    "1.00390625, 1", // 1 + 2^-8, a tie
    "1.01171875, 1.015625", // 1 + 3·2^-8, a tie
  })
  void eightSignificantBits(float value, float rounded) {
    assertEquals(rounded, Bf16.round(value));
    assertEquals(-rounded, Bf16.round(-value));
  }
}
