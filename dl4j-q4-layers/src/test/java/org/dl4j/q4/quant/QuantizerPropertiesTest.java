package org.dl4j.q4.quant;

import static org.dl4j.q4.quant.WeightCase.elements;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What holds for every tensor: any width, granularity, type, memory layout, and magnitudes from
 * where the ε of the scale dominates to where the sum of the weights overflows.
 */
class QuantizerPropertiesTest {

  @Property(tries = 200)
  void codesStayInRangeAndValuesAreCodeTimesScale(@ForAll("cases") WeightCase c) {
    INDArray weights = c.weights();
    INDArray scale = c.scale(weights);
    double[] scales = c.scaleOfEachElement(scale);
    double[] codes = elements(c.quantizer.codes(weights, scale));
    double[] values = elements(c.values(weights, scale));

    for (int i = 0; i < codes.length; i++) {
      assertTrue(Math.abs(codes[i]) <= c.quantizer.maxCode(), "code " + codes[i]);
      double product =
          c.type == DataType.FLOAT ? (float) codes[i] * (float) scales[i] : codes[i] * scales[i];
      assertEquals(product, values[i]);
    }
    long scaleCount = scale.length();
    long distinct = Arrays.stream(values).distinct().count();
    assertTrue(distinct <= scaleCount * (c.quantizer.levels() - 1) + 1, distinct + " values");
  }

  @Property(tries = 200)
  void valuesAreWithinHalfAScaleOfTheWeights(@ForAll("cases") WeightCase c) {
    INDArray weights = c.weights();
    INDArray scale = c.scale(weights);
    double[] scales = c.scaleOfEachElement(scale);
    double[] exact = elements(weights);
    double[] values = elements(c.values(weights, scale));

    // Rounding: the quotient, the scale and the product are each off by at most half an ulp.
    double ulps = c.type == DataType.FLOAT ? Math.pow(2, -22) : Math.pow(2, -51);
    for (int i = 0; i < exact.length; i++) {
      double bound = scales[i] / 2 + Math.abs(exact[i]) * ulps;
      assertTrue(
          Math.abs(values[i] - exact[i]) <= bound,
          exact[i] + " became " + values[i] + " with scale " + scales[i]);
    }
  }

  @Property(tries = 200)
  void quantizingTheValuesAgainGivesTheSameCodes(@ForAll("cases") WeightCase c) {
    INDArray weights = c.weights();
    INDArray scale = c.scale(weights);
    INDArray values = c.values(weights, scale);

    assertArrayEquals(
        elements(c.quantizer.codes(weights, scale)),
        elements(c.quantizer.codes(values, c.scale(values))));
  }

  @Property(tries = 1000)
  void weightsMadeFromIntegersGiveTheseAgain(@ForAll("cases") WeightCase c) {
    INDArray weights = c.weights();
    QuantizedTensor tensor = c.quantizer.integers(weights, c.scale(weights));
    INDArray restored = Dequantizer.weights(tensor);

    assertArrayEquals(elements(tensor.scale()), elements(c.scale(restored)));
    assertArrayEquals(
        elements(tensor.codes()), elements(c.quantizer.codes(restored, tensor.scale())));
    assertArrayEquals(
        elements(c.values(weights, tensor.scale())), elements(Dequantizer.values(tensor)));
  }

  @Property(tries = 200)
  void negativeWeightsHaveTheNegativeCodes(@ForAll("cases") WeightCase c) {
    INDArray weights = c.weights();
    INDArray negative = weights.neg();
    INDArray scale = c.scale(weights);

    assertArrayEquals(elements(scale), elements(c.scale(negative)));
    assertArrayEquals(
        elements(c.quantizer.codes(weights, scale).neg()),
        elements(c.quantizer.codes(negative, scale)));
  }

  @Property(tries = 200)
  void memoryLayoutMakesNoDifference(@ForAll("cases") WeightCase c) {
    INDArray ordered = c.weights();
    INDArray laidOut = c.layout.of(ordered);
    INDArray scale = c.scale(ordered);
    double[] expected = elements(c.values(ordered, scale));

    assertArrayEquals(elements(scale), elements(c.scale(laidOut)));
    assertArrayEquals(
        elements(c.quantizer.codes(ordered, scale)), elements(c.quantizer.codes(laidOut, scale)));
    assertArrayEquals(expected, elements(c.values(laidOut, scale)));
    INDArray target = c.layout.of(ordered.like());
    c.quantizer.quantize(ordered, scale, target);
    assertArrayEquals(expected, elements(target), "written into " + c.layout);
  }

  @Property(tries = 100)
  void theWeightsAreLeftAsTheyWere(@ForAll("cases") WeightCase c) {
    INDArray weights = c.layout.of(c.weights());
    INDArray scale = c.scale(weights);
    double[] scaleBefore = elements(scale);

    c.quantizer.codes(weights, scale);
    c.values(weights, scale);

    assertArrayEquals(elements(c.weights()), elements(weights));
    assertArrayEquals(scaleBefore, elements(scale));
  }

  @Provide
  Arbitrary<WeightCase> cases() {
    Arbitrary<long[]> dense =
        Combinators.combine(size(1, 9), size(1, 9)).as((in, out) -> new long[] {in, out});
    Arbitrary<long[]> convolution =
        Combinators.combine(size(1, 5), size(1, 4), size(1, 3), size(1, 3))
            .as((out, in, height, width) -> new long[] {out, in, height, width});
    return Combinators.combine(
            Arbitraries.of(DataType.FLOAT, DataType.DOUBLE),
            Arbitraries.integers().between(Quantizer.MIN_BITS, Quantizer.MAX_BITS),
            Arbitraries.of(Granularity.class),
            Arbitraries.oneOf(dense, convolution),
            Arbitraries.integers().between(-9, 37).map(exponent -> Math.pow(10, exponent)),
            Arbitraries.of(WeightCase.Layout.class),
            Arbitraries.longs())
        .as(WeightCase::new);
  }

  private static Arbitrary<Long> size(int smallest, int largest) {
    return Arbitraries.longs().between(smallest, largest);
  }
}
