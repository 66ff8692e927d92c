package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The update rules element by element, against Java's own arithmetic in double. */
class OneDnnVectorTest {

  private static final int LENGTH = 1003;

  private final OneDnnVector kernel = new OneDnnVector();

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
  void quantizedValuesAreTheQuantizersBitForBit(int bits) {
    Quantizer quantizer = new Quantizer(bits, Granularity.PER_TENSOR, 0);
    int maxCode = quantizer.maxCode();
    for (int length : new int[] {1, 15, 16, 17, 4099}) {
      for (double size : new double[] {1e-8, 0.03, 1, 3e7}) {
        INDArray weights = Nd4j.randn(DataType.FLOAT, length).muli(size);
        compare(quantizer, weights, quantizer.scale(weights, () -> ""));
        // A fixed scale, which the weights have outgrown.
        compare(quantizer, weights, Nd4j.createFromArray((float) (size / maxCode / 3)));
      }
    }
    // Ties, zeros of both signs, and what rounds to them.
    INDArray scale = Nd4j.createFromArray(0.5f);
    INDArray special =
        Nd4j.createFromArray(
            0f, -0f, 0.25f, -0.25f, 0.75f, -0.75f, 1.25f, -1.25f, 0.2f, -0.2f, 1e30f, -1e30f, 3.5f);
    compare(quantizer, special, scale);
  }

  private void compare(Quantizer quantizer, INDArray weights, INDArray scale) {
    INDArray expected = weights.ulike();
    INDArray actual = weights.ulike();

    quantizer.quantize(weights, scale, expected);
    quantizer.quantize(weights, scale, actual, kernel);

    for (int i = 0; i < weights.length(); i++) {
      assertEquals(
          Float.floatToRawIntBits(expected.getFloat(i)),
          Float.floatToRawIntBits(actual.getFloat(i)),
          i + ": " + weights.getFloat(i) + " by " + scale.getFloat(0));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 0.7})
  void theSoftClipIsTheFormula(double alpha) {
    INDArray weights = Nd4j.randn(DataType.FLOAT, LENGTH).muli(0.3);
    weights.putScalar(0, 0f);
    weights.putScalar(1, 1e-7f); // where a tanh that subtracts exponentials has no digit right
    weights.putScalar(2, 40f);
    weights.putScalar(3, -40f);
    double[] before = weights.toDoubleVector();

    kernel.softClip(weights, alpha);

    for (int i = 0; i < LENGTH; i++) {
      double expected = alpha * Math.tanh(before[i] / alpha);
      assertEquals(expected, weights.getDouble(i), 4e-7 * Math.abs(expected), "element " + i);
    }
  }

  @Test
  void adamIsTheFormulaOverSeveralSteps() {
    INDArray whole = Nd4j.randn(DataType.FLOAT, 3 * LENGTH);
    // Views, as DL4J hands out.
    INDArray gradient = whole.get(NDArrayIndex.interval(7, 7 + LENGTH));
    INDArray m = Nd4j.zeros(DataType.FLOAT, LENGTH);
    INDArray v = Nd4j.zeros(DataType.FLOAT, LENGTH);
    double[] exactM = new double[LENGTH];
    double[] exactV = new double[LENGTH];

    for (int t = 1; t <= 5; t++) {
      gradient.assign(Nd4j.randn(DataType.FLOAT, LENGTH).muli(0.01));
      double[] g = gradient.toDoubleVector();
      double step = 0.001 * t;
      kernel.adam(gradient, m, v, 0.9, 0.999, step, 1e-8);
      for (int i = 0; i < LENGTH; i++) {
        exactM[i] = 0.9 * exactM[i] + 0.1 * g[i];
        exactV[i] = 0.999 * exactV[i] + 0.001 * g[i] * g[i];
        double update = step * exactM[i] / (Math.sqrt(exactV[i]) + 1e-8);
        assertEquals(exactM[i], m.getDouble(i), 1e-8, "m"); // of 0.01: the terms may cancel
        assertEquals(exactV[i], v.getDouble(i), 1e-6 * exactV[i], "v");
        assertEquals(update, gradient.getDouble(i), 2e-6 * step + 2e-6 * Math.abs(update), "step");
      }
    }
  }

  @Test
  void whatLiesAroundAViewStays() {
    INDArray whole = Nd4j.ones(DataType.FLOAT, 30);

    kernel.softClip(whole.get(NDArrayIndex.interval(10, 20)), 1);

    for (int i = 0; i < 30; i++) {
      boolean inside = i >= 10 && i < 20;
      assertEquals(inside ? Math.tanh(1) : 1, whole.getDouble(i), 1e-6, "element " + i);
    }
  }

  @Test
  void anotherBetaOrLengthIsAnotherPlan() {
    for (int length : new int[] {5, 17}) {
      for (double beta : new double[] {0.5, 0.9}) {
        INDArray g = Nd4j.ones(DataType.FLOAT, length);
        INDArray m = Nd4j.zeros(DataType.FLOAT, length);
        INDArray v = Nd4j.zeros(DataType.FLOAT, length);

        kernel.adam(g, m, v, beta, beta, 1, 0);

        assertEquals(1 - beta, m.getDouble(length - 1), 1e-6);
        assertEquals(1 - beta, v.getDouble(length - 1), 1e-6);
        assertEquals((1 - beta) / Math.sqrt(1 - beta), g.getDouble(0), 1e-6);
      }
    }
  }
}
