package org.dl4j.q4.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SoftClipTest {

  @Test
  void isAlphaTimesTanhOfWeightOverAlpha() {
    INDArray weights = Nd4j.createFromArray(-6.0, -3.0, -0.05, 0.0, 1.5, 300.0);

    SoftClip.apply(weights, 3);

    // tanh(2) = 0.964027580, tanh(1) = 0.761594156, tanh(1/60) = 0.016665124, tanh(0.5) =
    // 0.462117157
    assertArrayEquals(
        new double[] {-2.892082740, -2.284782468, -0.049995371, 0, 1.386351472, 3},
        weights.toDoubleVector(),
        1e-8);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void refusesAnAlphaThatIsNotPositive(double alpha) {
    assertThrows(
        IllegalArgumentException.class, () -> SoftClip.apply(Nd4j.createFromArray(1.0), alpha));
  }
}
