package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NormalizationTest {
  /** By hand: −0.4914 / 0.2023, (128 / 255 − 0.4822) / 0.1994, (1 − 0.4465) / 0.2010. */
  @Test
  void theCifarConstantsGiveTheValuesComputedByHand() {
    assertEquals(-2.429066f, Normalization.CIFAR.apply(0, 0), 1e-6f);
    assertEquals(0.099101f, Normalization.CIFAR.apply(1, 128), 1e-6f);
    assertEquals(2.753731f, Normalization.CIFAR.apply(2, 255), 1e-6f);
  }

  @Test
  void valuesThatAreNoNormalizationAreRefused() {
    float[] three = {0.5f, 0.5f, 0.5f};
    assertRefused(
        "Expected a mean and a standard deviation for each of 3 channels, found 1 and 3",
        new float[] {0},
        three);
    assertRefused(
        "Expected a mean and a standard deviation for each of 3 channels, found 3 and 4",
        three,
        new float[] {1, 1, 1, 1});
    assertRefused(
        "Expected a finite mean and a positive standard deviation for channel 1,"
            + " found 0.5 and 0.0",
        three,
        new float[] {1, 0, 1});
    assertRefused(
        "Expected a finite mean and a positive standard deviation for channel 2,"
            + " found NaN and 0.5",
        new float[] {0, 0, Float.NaN},
        three);
  }

  private static void assertRefused(String message, float[] mean, float[] std) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new Normalization(mean, std))
            .getMessage());
  }
}
