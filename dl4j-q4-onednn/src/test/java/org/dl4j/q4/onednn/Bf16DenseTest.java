package org.dl4j.q4.onednn;

import static org.dl4j.q4.onednn.Bf16.absolute;
import static org.dl4j.q4.onednn.Bf16.assertExact;
import static org.dl4j.q4.onednn.Bf16.assertWithinRounding;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.dnnl.memory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The linear layer in bf16; see {@link Bf16ConvolutionTest}. */
class Bf16DenseTest {

  private static final double AWKWARD = 0.0137;

  @BeforeAll
  static void onlyWithBf16() {
    Available.assumeBf16();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void codesOfAnyWidthAreExact(int bits) {
    for (boolean perChannel : new boolean[] {false, true}) {
      for (char order : new char[] {'c', 'f'}) {
        assertCodesAreExact(5, 40, 19, bits, perChannel, AWKWARD, order);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 5, 7", "2, 1, 9", "2, 9, 1", "16, 32, 16", "1, 64, 10"})
  void codesAreExactInEveryShape(int batch, int in, int out) {
    for (boolean perChannel : new boolean[] {false, true}) {
      for (char order : new char[] {'c', 'f'}) {
        assertCodesAreExact(batch, in, out, 4, perChannel, AWKWARD, order);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-8 / 7, 1e-3, 1, 50})
  void scalesOfAnySizeAreApplied(double scale) {
    for (boolean perChannel : new boolean[] {false, true}) {
      assertCodesAreExact(4, 6, 5, 4, perChannel, scale, 'f');
    }
  }

  @Test
  void withoutABiasNoneIsAdded() {
    DenseTrial trial = quantized(4, 6, 5, 4, true, AWKWARD);
    trial.bias = null;
    trial.run(memory.data_type.bf16);

    assertExact("y", trial.sumsOfAbsolutes().y, 6, trial.reference().y, trial.y);
  }

  @Test
  void zeroWeightsGiveTheBiasAndTheirGradients() {
    for (boolean perChannel : new boolean[] {false, true}) {
      DenseTrial trial = quantized(4, 6, 5, 4, perChannel, 1e-8 / 7);
      trial.weights = Nd4j.zeros(DataType.FLOAT, 6, 5);
      trial.run(memory.data_type.bf16);

      ReferenceDense expected = trial.reference();
      assertEquals(expected.y.castTo(DataType.FLOAT), trial.y);
      assertEquals(0, trial.dx.amaxNumber().doubleValue());
      assertWithinRounding("dw", 1, trial.sumsOfAbsolutes().dw, 4, expected.dw, trial.dw);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void randomNumbersWithQuantizedWeightsStayWithinTheBound(boolean perChannel) {
    DenseTrial trial = quantized(16, 64, 32, 4, perChannel, AWKWARD);
    trial.x = Images.random(16, 64);
    trial.dy = Images.random(16, 32);
    trial.run(memory.data_type.bf16);

    ReferenceDense expected = trial.reference();
    ReferenceDense sums = trial.sumsOfAbsolutes();
    assertWithinRounding("y", 1, sums.y, 64, expected.y, trial.y); // x
    assertWithinRounding("dx", 1, sums.dx, 32, expected.dx, trial.dx); // dy
    assertWithinRounding("dw", 2, sums.dw, 16, expected.dw, trial.dw); // x and dy
    assertWithinRounding("db", 1, sums.db, 16, expected.db, trial.db); // dy
  }

  @ParameterizedTest
  @CsvSource({"16, 64, 32", "3, 5, 7"})
  void fullPrecisionWeightsAreRoundedToo(int batch, int in, int out) {
    DenseTrial trial = new DenseTrial();
    trial.x = Images.random(batch, in);
    trial.weights = Images.random(in, out).dup('f');
    trial.bias = Images.random(out);
    trial.dy = Images.random(batch, out);
    trial.run(memory.data_type.bf16);

    ReferenceDense expected = trial.reference();
    ReferenceDense sums = trial.sumsOfAbsolutes();
    assertWithinRounding("y", 2, sums.y, in, expected.y, trial.y);
    assertWithinRounding("dx", 2, sums.dx, out, expected.dx, trial.dx);
    assertWithinRounding("dw", 2, sums.dw, batch, expected.dw, trial.dw);
    assertWithinRounding("db", 1, sums.db, batch, expected.db, trial.db);

    // And nothing is rounded but the factors of the products.
    ReferenceDense rounded =
        new ReferenceDense(
            Bf16.round(trial.x), Bf16.round(trial.weights), trial.bias, Bf16.round(trial.dy));
    assertExact("y", sums.y, in, rounded.y, trial.y);
    assertExact("dx", sums.dx, out, rounded.dx, trial.dx);
    assertExact("dw", sums.dw, batch, rounded.dw, trial.dw);
    assertExact("db", sums.db, batch, rounded.db, trial.db);
  }

  private static void assertCodesAreExact(
      int batch, int in, int out, int bits, boolean perChannel, double scale, char order) {
    DenseTrial trial = quantized(batch, in, out, bits, perChannel, scale);
    trial.weights = trial.weights.dup(order);
    trial.orderOfGradient = order;
    trial.run(memory.data_type.bf16);

    INDArray s = trial.scale.castTo(DataType.DOUBLE);
    INDArray row = Bf16.alongDimension(s, 2, 1);
    INDArray codes = Nd4j.math().round(trial.weights.div(Bf16.alongDimension(trial.scale, 2, 1)));
    INDArray gradient = Bf16.round(trial.dy.mul(Bf16.alongDimension(trial.scale, 2, 1)));
    ReferenceDense integers = new ReferenceDense(trial.x, codes, null, gradient);
    ReferenceDense absolutes =
        new ReferenceDense(absolute(trial.x), absolute(codes), null, absolute(gradient));
    INDArray bias = trial.bias.castTo(DataType.DOUBLE).reshape(1, out);
    assertExact(
        "y",
        absolutes.y.mul(row).add(absolute(bias)),
        0, // sums of small integers are exact in FP32
        integers.y.mul(row).add(bias),
        trial.y);
    assertExact("dx", absolutes.dx, out, integers.dx, trial.dx);
    assertExact("dw", absolutes.dw.div(row), batch, integers.dw.div(row), trial.dw);
    assertExact("db", absolutes.db.div(s), batch, integers.db.div(s), trial.db);
  }

  private static DenseTrial quantized(
      int batch, int in, int out, int bits, boolean perChannel, double scale) {
    DenseTrial trial = new DenseTrial();
    trial.x = Images.integers(8, batch, in);
    trial.scale = Bf16.scales(perChannel ? out : 1, scale);
    trial.weights = Bf16.values(Images.integers((1 << (bits - 1)) - 1, in, out), trial.scale, 1);
    trial.bias = Images.random(out);
    trial.dy = Images.integers(8, batch, out);
    return trial;
  }
}
