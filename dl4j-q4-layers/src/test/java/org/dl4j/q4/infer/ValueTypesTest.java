package org.dl4j.q4.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dl4j.q4.infer.InferencePlan.InputLayout;
import org.dl4j.q4.quant.ActivationRange;
import org.junit.jupiter.api.Test;

class ValueTypesTest {

  private static final ActivationRange POSITIVE = new ActivationRange(0, 51);
  private static final ActivationRange MIXED = new ActivationRange(-254, 100);

  @Test
  void scalesReachTheLargestActivation() {
    assertEquals(0.2f, ValueType.of(POSITIVE).scale());
    assertEquals(ValueType.Kind.UNSIGNED, ValueType.of(POSITIVE).kind());
    assertEquals(2f, ValueType.of(MIXED).scale());
    assertEquals(ValueType.Kind.SIGNED, ValueType.of(MIXED).kind());
    assertEquals(1f, ValueType.of(new ActivationRange(0, 0)).scale());
    assertThrows(IllegalArgumentException.class, () -> new ActivationRange(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new ActivationRange(0, Float.NaN));
  }

  @Test
  void integersLastFromProductToProduct() {
    InferencePlan plan = plan(product("a", "input", 4), pool("p", "a"), product("b", "p", 7));
    ValueTypes types =
        ValueTypes.of(plan, Map.of("input", MIXED, "a", POSITIVE, "p", POSITIVE, "b", MIXED));
    assertEquals(ValueType.Kind.FLOAT, types.stored("input").kind());
    assertEquals(ValueType.Kind.SIGNED, types.read(plan.operations().get(0), "input").kind());
    assertEquals("UNSIGNED · 0.2", types.stored("a").toString());
    assertEquals("UNSIGNED · 0.2", types.stored("p").toString());
    assertEquals(ValueType.Kind.FLOAT, types.stored("b").kind());
  }

  @Test
  void whereSomebodyReadsFloatsAValueIsKeptAsFloats() {
    InferencePlan plan = plan(product("a", "input", 4), product("b", "a", 4), product("c", "a", 8));
    ValueTypes types = ValueTypes.of(plan, Map.of("input", POSITIVE, "a", MIXED, "b", MIXED));
    assertFalse(types.isInteger(plan.operations().get(2)), "8 bits would overflow");
    assertFalse(types.stored("a").isInteger());
    assertTrue(types.isInteger(plan.operations().get(1)));
    assertEquals("SIGNED · 2.0", types.read(plan.operations().get(1), "a").toString());
    assertFalse(types.read(plan.operations().get(2), "a").isInteger());
  }

  @Test
  void whereTheBiasInUnitsOfSumsWouldBeInfiniteAProductIsOfFloats() {
    for (float scale : new float[] {1, 1e-35f, Float.MIN_VALUE}) {
      Operation product = product("a", "input", 4, new float[] {1, scale}, new float[] {3, 100});
      ValueTypes types = ValueTypes.of(plan(product), Map.of("input", POSITIVE));
      assertEquals(scale == 1, types.isInteger(product), "scale " + scale);
    }
    Operation withoutBias = product("a", "input", 4, new float[] {1, 0}, new float[] {3, 0});
    ValueTypes types = ValueTypes.of(plan(withoutBias), Map.of("input", POSITIVE));
    assertTrue(types.isInteger(withoutBias));
  }

  @Test
  void withoutRangesAllIsFloats() {
    InferencePlan plan = plan(product("a", "input", 4), pool("p", "a"), product("b", "p", 4));
    ValueTypes types = ValueTypes.of(plan, Map.of());
    for (Operation operation : plan.operations()) {
      assertFalse(types.isInteger(operation));
      assertFalse(types.stored(operation.output()).isInteger());
    }
  }

  private static InferencePlan plan(Operation... operations) {
    return new InferencePlan(
        "input",
        InputLayout.FEATURES,
        null,
        List.of(operations),
        operations[operations.length - 1].output());
  }

  private static Operation product(String output, String input, int bits) {
    return product(output, input, bits, new float[] {1}, null);
  }

  private static Operation product(
      String output, String input, int bits, float[] scales, float[] bias) {
    byte[] codes = new byte[4];
    Arrays.fill(codes, (byte) 1);
    return new ProductOperation(
        output,
        input,
        null,
        null,
        ProductWeights.ofCodes(new long[] {2, 2}, bits, codes, scales),
        bias,
        ActivationFunction.IDENTITY);
  }

  private static Operation pool(String output, String input) {
    return new PoolingOperation(
        output,
        input,
        true,
        false,
        new org.dl4j.q4.kernels.Window2d(
            new int[] {2, 2},
            new int[] {2, 2},
            new int[2],
            new int[] {1, 1},
            null,
            org.deeplearning4j.nn.conf.CNN2DFormat.NCHW));
  }
}
