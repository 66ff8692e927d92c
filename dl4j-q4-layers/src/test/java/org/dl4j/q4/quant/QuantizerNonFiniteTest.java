package org.dl4j.q4.quant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tensors that have no scale. */
class QuantizerNonFiniteTest {

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneBadWeightIsEnough(float bad) {
    for (Granularity granularity : Granularity.values()) {
      Quantizer quantizer = new Quantizer(4, granularity, 0);
      INDArray weights = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, bad, 6}});

      assertThrows(NonFiniteWeightException.class, () -> quantizer.scale(weights, () -> "W"));
    }
  }

  @Test
  void theMessageNamesThePlaceAndCounts() {
    // Opposite infinities add up to NaN: the message must come from a count, not from the sum.
    INDArray weights =
        Nd4j.createFromArray(
            1, Float.POSITIVE_INFINITY, Float.NaN, Float.NEGATIVE_INFINITY, Float.NaN, Float.NaN);

    NonFiniteWeightException thrown =
        assertThrows(
            NonFiniteWeightException.class,
            () -> Quantizer.requireFinite(weights, () -> "Parameter \"W\" of layer 3"));

    assertTrue(
        thrown
            .getMessage()
            .startsWith(
                "Parameter \"W\" of layer 3 cannot be quantized: of its 6 weights 3 are NaN and 2"
                    + " infinite"),
        thrown.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void finiteWeightsWhoseSumOverflowsAreFine(Granularity granularity) {
    Quantizer quantizer = new Quantizer(4, granularity, 0);
    INDArray weights = Nd4j.createFromArray(new float[][] {{3e38f, 3e38f, 3e38f}});

    INDArray scale = assertDoesNotThrow(() -> quantizer.scale(weights, () -> "W"));

    assertEquals(3e38f / 7, scale.getFloat(0), 1e31f);
  }

  @Test
  void thePlaceIsNamedOnlyForAnError() {
    // A layer asks at every forward pass: building the name each time would be waste.
    Quantizer.requireFinite(Nd4j.createFromArray(1f, -2f), () -> fail("asked for the name"));
  }
}
