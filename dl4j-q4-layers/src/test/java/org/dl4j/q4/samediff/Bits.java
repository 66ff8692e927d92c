package org.dl4j.q4.samediff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.dl4j.q4.quant.Quantizer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Comparisons bit for bit, and the quantizer's values to compare with. */
final class Bits {

  private Bits() {}

  /** The same shape, type and bits. */
  static void assertIdentical(String what, INDArray expected, INDArray actual) {
    assertEquals(expected.dataType(), actual.dataType(), what + ": type");
    assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
    assertArrayEquals(elements(expected), elements(actual), what);
  }

  /** The same keys, with identical arrays. */
  static void assertIdentical(Map<String, INDArray> expected, Map<String, INDArray> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((key, array) -> assertIdentical(key, array, actual.get(key)));
  }

  /** What the quantizer makes of a tensor. */
  static INDArray quantized(INDArray weights, Quantizer quantizer) {
    INDArray values = weights.ulike();
    quantizer.quantize(weights, quantizer.scale(weights, () -> "expected"), values);
    return values;
  }

  /** Copies of a graph's variables. */
  static Map<String, INDArray> variables(SameDiff sd) {
    Map<String, INDArray> arrays = new TreeMap<>();
    for (SDVariable variable : sd.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        arrays.put(variable.name(), variable.getArr().dup());
      }
    }
    return arrays;
  }

  private static double[] elements(INDArray array) {
    return array.dup('c').reshape(array.length()).toDoubleVector();
  }
}
