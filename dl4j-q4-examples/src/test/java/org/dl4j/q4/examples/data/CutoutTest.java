package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutoutTest {

  /** Of an image of three rows and four columns, what is left of each channel. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 111111111111",
    "1, 1, 1, 111110111111",
    "2, 1, 1, 001100111111", // an even side reaches further up and left
    "3, 1, 1, 000100010001",
    "3, 0, 0, 001100111111",
    "3, 2, 3, 111111001100",
    "2, 0, 3, 110011111111",
    "4, 2, 0, 001100110011",
  })
  void cutsASquareAndLosesWhatLiesOutside(int side, int row, int column, String left) {
    Cutout cutout = new Cutout(side, 3, 4, 0, row * 4 + column);
    float[] image = new float[1 + 3 * 12];
    Arrays.fill(image, 1);

    cutout.apply(1, image, 1);

    float[] expected = new float[image.length];
    expected[0] = 1;
    for (int i = 0; i < 36; i++) {
      expected[1 + i] = left.charAt(i % 12) - '0';
    }
    assertArrayEquals(expected, image);
  }

  @Test
  void everyPixelIsTheCentreWithEqualChances() {
    Cutout cutout = Cutout.drawn(12_000, 1, 3, 4, new SplittableRandom(7));
    int[] counts = new int[12];
    for (int position = 0; position < 12_000; position++) {
      float[] image = new float[36];
      Arrays.fill(image, 1);
      cutout.apply(position, image, 0);
      counts[IntStream.range(0, 12).filter(i -> image[i] == 0).findFirst().getAsInt()]++;
    }
    for (int count : counts) {
      assertEquals(1000, count, 5 * Math.sqrt(1000)); // five standard deviations
    }
  }
}
