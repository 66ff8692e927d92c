package org.dl4j.q4.quant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The quantizer at tensors worked out by hand. */
class QuantizerTest {

  private static final Quantizer FOUR_BITS = new Quantizer(4, Granularity.PER_TENSOR, 0);

  @Test
  void scaleCodesAndValuesOfATensor() {
    INDArray weights = vector(DataType.DOUBLE, 0.7, -0.36, 0.1, 0.04, -0.06, 0);

    INDArray scale = FOUR_BITS.scale(weights, () -> "W");
    double s = (0.7 + 1e-8) / 7;

    assertArrayEquals(new long[] {1}, scale.shape());
    assertEquals(s, scale.getDouble(0), 1e-17);
    assertCodes(FOUR_BITS, weights, scale, 7, -4, 1, 0, -1, 0);
    assertArrayEquals(
        new double[] {7 * s, -4 * s, s, 0, -s, 0}, values(FOUR_BITS, weights, scale), 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void tiesGoToTheEvenCode(DataType type) {
    INDArray weights = vector(type, 0.5, 1.5, 2.5, 3.5, -0.5, -1.5, -2.5, -3.5);

    assertCodes(FOUR_BITS, weights, vector(type, 1), 0, 2, 2, 4, 0, -2, -2, -4);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void weightsBeyondAGivenScaleSaturate(DataType type) {
    INDArray weights = vector(type, 1.75, 1.9, 50, -1.75, -2.1, -1e30, 0.25);

    assertCodes(FOUR_BITS, weights, vector(type, 0.25), 7, 7, 7, -7, -7, -7, 1);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 0", "3, 3, 1", "4, 7, 2", "5, 15, 5", "6, 31, 10", "7, 63, 20", "8, 127, 39"})
  void everyWidthHasItsLargestCode(int bits, int largest, int codeOfThirtyOnePercent) {
    Quantizer quantizer = new Quantizer(bits, Granularity.PER_TENSOR, 0);
    INDArray weights = vector(DataType.DOUBLE, 1, -1, 0.31, -0.31, 0);

    assertEquals(largest, quantizer.maxCode());
    assertEquals(2 * largest + 1, quantizer.levels());
    assertCodes(
        quantizer,
        weights,
        quantizer.scale(weights, () -> "W"),
        largest,
        -largest,
        codeOfThirtyOnePercent,
        -codeOfThirtyOnePercent,
        0);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 9})
  void otherWidthsAreRefused(int bits) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new Quantizer(bits, Granularity.PER_TENSOR, 0));

    assertEquals("bits must be from 2 to 8; got " + bits, refused.getMessage());
  }

  @Test
  void convolutionWeightsHaveAScaleForEachOutputChannel() {
    Quantizer quantizer = new Quantizer(4, Granularity.PER_CHANNEL, 0);
    INDArray weights =
        Nd4j.createFromArray(0.7, -0.14, 0.34, 0, /* channel 1 */ 7.0, 2.9, -14, 0.9)
            .reshape(2, 1, 2, 2);

    INDArray scale = quantizer.scale(weights, () -> "W");

    double first = (0.7 + 1e-8) / 7;
    double second = (14 + 1e-8) / 7;
    assertEquals(2, quantizer.scaleCount(weights));
    assertArrayEquals(new long[] {2}, scale.shape());
    assertArrayEquals(new double[] {first, second}, scale.toDoubleVector(), 1e-16);
    // 7 / second is a little below 3.5, hence code 3
    assertCodes(quantizer, weights, scale, 7, -1, 3, 0, 3, 1, -7, 0);
    assertArrayEquals(
        new double[] {7 * first, -first, 3 * first, 0, 3 * second, second, -7 * second, 0},
        values(quantizer, weights, scale),
        0);
  }

  @Test
  void denseWeightsHaveAScaleForEachColumn() {
    Quantizer quantizer = new Quantizer(4, Granularity.PER_CHANNEL, 1);
    INDArray weights = Nd4j.create(DataType.DOUBLE, new long[] {2, 3}, 'f'); // DL4J's dense order
    weights.assign(Nd4j.createFromArray(new double[][] {{0.7, 7, 0}, {-0.22, 3.6, 0}}));

    INDArray scale = quantizer.scale(weights, () -> "W");

    double first = (0.7 + 1e-8) / 7;
    double second = (7 + 1e-8) / 7;
    double third = 1e-8 / 7;
    assertEquals(3, quantizer.scaleCount(weights));
    assertArrayEquals(new double[] {first, second, third}, scale.toDoubleVector(), 1e-16);
    assertCodes(quantizer, weights, scale, 7, 7, 0, -2, 4, 0);
    assertArrayEquals(
        new double[] {7 * first, 7 * second, 0, -2 * first, 4 * second, 0},
        values(quantizer, weights, scale),
        0);
  }

  @Test
  void oneInputPerUnitStillGivesPositiveScales() {
    // ND4J's amax over a dimension of length 1 returns the elements as they are, negative ones too.
    Quantizer quantizer = new Quantizer(4, Granularity.PER_CHANNEL, 1);
    INDArray weights = Nd4j.createFromArray(new double[][] {{-0.7, 1.4, -2.1}});

    INDArray scale = quantizer.scale(weights, () -> "W");

    assertArrayEquals(new double[] {0.1, 0.2, 0.3}, scale.toDoubleVector(), 1e-8);
    assertCodes(quantizer, weights, scale, -7, 7, -7);
  }

  @Test
  void oneScaleForTheTensorWhateverItsShape() {
    assertEquals(1, FOUR_BITS.scaleCount(Nd4j.create(DataType.FLOAT, 3, 2, 5, 5)));
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void zerosStayZeros(Granularity granularity) {
    Quantizer quantizer = new Quantizer(4, granularity, 1);
    INDArray weights = Nd4j.zeros(DataType.FLOAT, 3, 2);

    INDArray values = weights.like().assign(1);
    quantizer.quantize(weights, quantizer.scale(weights, () -> "W"), values);

    assertArrayEquals(new float[6], values.ravel().toFloatVector());
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void codeZeroIsPositiveZeroBitForBit(DataType type) {
    INDArray weights = vector(type, -0.7, -0.01, -0.0, 0.01);

    double[] values = values(FOUR_BITS, weights, FOUR_BITS.scale(weights, () -> "W"));

    for (int i = 1; i < values.length; i++) {
      assertEquals(0L, Double.doubleToRawLongBits(values[i]), "element " + i);
    }
  }

  @Test
  void codesAreBytes() {
    INDArray weights = vector(DataType.FLOAT, 0.7, -0.7);

    INDArray codes = FOUR_BITS.codes(weights, FOUR_BITS.scale(weights, () -> "W"));

    assertEquals(DataType.INT8, codes.dataType());
  }

  private static INDArray vector(DataType type, double... elements) {
    return Nd4j.createFromArray(elements).castTo(type);
  }

  private static void assertCodes(
      Quantizer quantizer, INDArray weights, INDArray scale, int... expected) {
    assertArrayEquals(
        expected, quantizer.codes(weights, scale).dup('c').reshape(weights.length()).toIntVector());
  }

  private static double[] values(Quantizer quantizer, INDArray weights, INDArray scale) {
    INDArray values = weights.like();
    quantizer.quantize(weights, scale, values);
    return values.dup('c').reshape(values.length()).toDoubleVector();
  }
}
