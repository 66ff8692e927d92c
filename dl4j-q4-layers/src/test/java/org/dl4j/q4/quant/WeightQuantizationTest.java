package org.dl4j.q4.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.serde.json.JsonMappers;
import org.nd4j.shade.jackson.core.JsonProcessingException;

class WeightQuantizationTest {

  private static final WeightQuantization PAPER = WeightQuantization.PAPER;

  @Test
  void theDefaultIsThePapers() {
    assertEquals(new WeightQuantization(4, Granularity.PER_TENSOR, ScaleMode.DYNAMIC, 3.0), PAPER);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 1, 9})
  void bitsOutsideTheRangeAreRefused(int bits) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> PAPER.withBits(bits));

    assertTrue(
        refused.getMessage().startsWith("bits must be from 2 to 8")
            && refused.getMessage().endsWith("got " + bits),
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void softClipMustBeAFiniteNumberFromZero(double alpha) {
    assertThrows(IllegalArgumentException.class, () -> PAPER.withSoftClip(alpha));
  }

  @Test
  void enumsAreRequired() {
    assertThrows(NullPointerException.class, () -> PAPER.withGranularity(null));
    assertThrows(NullPointerException.class, () -> PAPER.withScaleMode(null));
  }

  @Test
  void eachOptionIsSetAloneAndCountsForEquality() {
    WeightQuantization bits = PAPER.withBits(2);
    WeightQuantization granularity = PAPER.withGranularity(Granularity.PER_CHANNEL);
    WeightQuantization mode = PAPER.withScaleMode(ScaleMode.FIXED);
    WeightQuantization clip = PAPER.withSoftClip(0);

    assertEquals(new WeightQuantization(2, Granularity.PER_TENSOR, ScaleMode.DYNAMIC, 3), bits);
    assertEquals(
        new WeightQuantization(4, Granularity.PER_CHANNEL, ScaleMode.DYNAMIC, 3), granularity);
    assertEquals(new WeightQuantization(4, Granularity.PER_TENSOR, ScaleMode.FIXED, 3), mode);
    assertEquals(new WeightQuantization(4, Granularity.PER_TENSOR, ScaleMode.DYNAMIC, 0), clip);
    for (WeightQuantization other : new WeightQuantization[] {bits, granularity, mode, clip}) {
      assertNotEquals(PAPER, other);
      assertNotEquals(PAPER.hashCode(), other.hashCode());
      assertNotEquals(PAPER.toString(), other.toString());
    }
  }

  @Test
  void jsonKeepsEveryOption() throws JsonProcessingException {
    WeightQuantization options =
        new WeightQuantization(8, Granularity.PER_CHANNEL, ScaleMode.FIXED, 1.25);

    String json = JsonMappers.getMapper().writeValueAsString(options);
    WeightQuantization read = JsonMappers.getMapper().readValue(json, WeightQuantization.class);

    assertEquals(options, read);
    assertEquals(options.hashCode(), read.hashCode());
  }

  @Test
  void jsonWithAnImpossibleOptionIsRefused() {
    String json =
        "{\"bits\":12,\"granularity\":\"PER_TENSOR\",\"scaleMode\":\"FIXED\",\"softClip\":3.0}";

    assertThrows(
        JsonProcessingException.class,
        () -> JsonMappers.getMapper().readValue(json, WeightQuantization.class));
  }
}
