package org.dl4j.q4.quant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DequantizerTest {

  private static final Quantizer PER_TENSOR = new Quantizer(4, Granularity.PER_TENSOR, 0);
  private static final Quantizer PER_CHANNEL = new Quantizer(4, Granularity.PER_CHANNEL, 1);

  private static INDArray codes(int[][] codes) {
    return Nd4j.createFromArray(codes).castTo(DataType.INT8);
  }

  @Test
  void valuesAreCodesTimesScales() {
    int[][] codes = {{7, -3, 0}, {-1, 6, 7}};
    QuantizedTensor one = PER_TENSOR.restore(codes(codes), Nd4j.createFromArray(0.5f));
    assertArrayEquals(
        new float[][] {{3.5f, -1.5f, 0}, {-0.5f, 3, 3.5f}},
        Dequantizer.values(one).toFloatMatrix());
    QuantizedTensor three = PER_CHANNEL.restore(codes(codes), Nd4j.createFromArray(0.5f, 2, 0.25f));
    assertArrayEquals(
        new float[][] {{3.5f, -6, 0}, {-0.5f, 12, 1.75f}},
        Dequantizer.values(three).toFloatMatrix());
  }

  /** By hand: the largest weight 1.0 has the scale (1 + 1e-8) / 7, in FLOAT 1 / 7. */
  @Test
  void theLargestWeightIsTheOneTheScaleIsOf() {
    QuantizedTensor tensor =
        PER_TENSOR.restore(codes(new int[][] {{-7, 2}}), Nd4j.createFromArray(1 / 7f));
    INDArray weights = Dequantizer.weights(tensor);
    assertEquals(-1, weights.getFloat(0), 2e-7);
    assertEquals(2 * (1 / 7f), weights.getFloat(1));
    assertEquals(1 / 7f, PER_TENSOR.scale(weights, () -> "").getFloat(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-12, 1e-10, 5e-9, 1e-8, 3e-8})
  void weightsAsSmallAsTheEpsilonComeBack(double largest) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray weights = Nd4j.createFromArray(largest, -largest / 2, 0).reshape(1, 3).castTo(type);
      INDArray scale = PER_TENSOR.scale(weights, () -> "");
      QuantizedTensor tensor = PER_TENSOR.integers(weights, scale);
      INDArray restored = Dequantizer.weights(tensor);
      assertEquals(type, restored.dataType());
      assertEquals(
          scale.getDouble(0),
          PER_TENSOR.scale(restored, () -> "").getDouble(0),
          largest + " " + type);
      assertEquals(tensor.codes(), PER_TENSOR.codes(restored, scale));
    }
  }

  @Test
  void codesThatNoQuantizerMakesHaveNoWeights() {
    // The largest weight always has the code 7, unless it is as small as 1e-8.
    QuantizedTensor tensor =
        PER_TENSOR.restore(codes(new int[][] {{3, -2}}), Nd4j.createFromArray(0.5f));
    assertThrows(IllegalArgumentException.class, () -> Dequantizer.weights(tensor));
    // A scale below 1e-8 / 7 does not occur.
    QuantizedTensor small =
        PER_TENSOR.restore(codes(new int[][] {{7, 0}}), Nd4j.createFromArray(1e-10f));
    assertThrows(IllegalArgumentException.class, () -> Dequantizer.weights(small));
  }

  @Test
  void whatIsNoQuantizedTensorIsNotRestored() {
    INDArray codes = codes(new int[][] {{7, -8}});
    assertMessage("from -7 to 7, found them from -8 to 7", codes, Nd4j.createFromArray(1f));
    INDArray good = codes(new int[][] {{7, -7}});
    assertMessage("shape [1]", good, Nd4j.createFromArray(1f, 2f));
    assertMessage("above 0", good, Nd4j.createFromArray(0f));
    assertMessage("above 0", good, Nd4j.createFromArray(Float.NaN));
    INDArray three = codes(new int[][] {{7, 7, 7}});
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> PER_CHANNEL.restore(three, Nd4j.createFromArray(0.5f, Float.NaN, 0.25f)));
    assertTrue(thrown.getMessage().contains("NaN"), thrown::getMessage);
    assertMessage("above 0", good, Nd4j.createFromArray(Float.POSITIVE_INFINITY));
    assertMessage("INT8", good.castTo(DataType.INT32), Nd4j.createFromArray(1f));
  }

  private static void assertMessage(String part, INDArray codes, INDArray scale) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> PER_TENSOR.restore(codes, scale));
    assertTrue(thrown.getMessage().contains(part), thrown::getMessage);
  }
}
