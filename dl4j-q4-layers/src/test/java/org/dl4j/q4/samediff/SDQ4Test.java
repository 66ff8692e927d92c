package org.dl4j.q4.samediff;

import static org.dl4j.q4.samediff.Bits.assertIdentical;
import static org.dl4j.q4.samediff.Bits.quantized;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.quant.Quantizer;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** The 4-bit operations equal the stock ones on the quantized weights, gradients included. */
class SDQ4Test {

  private static final INDArray IMAGES = SmallCnn.random(1, DataType.DOUBLE, 2, 3, 7, 6);
  private static final INDArray BIAS = SmallCnn.random(2, DataType.DOUBLE, 4);

  @ParameterizedTest
  @CsvSource({
    "YXIO, PER_TENSOR, true",
    "YXIO, PER_CHANNEL, true",
    "YXIO, PER_CHANNEL, false",
    "OIYX, PER_TENSOR, true",
    "OIYX, PER_CHANNEL, true",
    "OYXI, PER_TENSOR, false",
    "OYXI, PER_CHANNEL, true"
  })
  void conv2d(WeightsFormat format, Granularity granularity, boolean withBias) {
    long[] shape =
        format == WeightsFormat.YXIO
            ? new long[] {3, 2, 3, 4}
            : format == WeightsFormat.OIYX ? new long[] {4, 3, 3, 2} : new long[] {4, 3, 2, 3};
    INDArray weights = SmallCnn.random(3, DataType.DOUBLE, shape);
    Conv2DConfig config =
        Conv2DConfig.builder().kH(3).kW(2).sH(2).sW(1).weightsFormat(format).build();
    int channelDimension = format == WeightsFormat.YXIO ? 3 : 0;
    WeightQuantization options = WeightQuantization.PAPER.withBits(3).withGranularity(granularity);

    SameDiff stock = SameDiff.create();
    SDVariable w =
        stock.var("w", quantized(weights, new Quantizer(3, granularity, channelDimension)));
    SDVariable x = stock.constant("x", IMAGES);
    finish(
        withBias
            ? stock.cnn().conv2d("y", x, w, stock.var("b", BIAS.dup()), config)
            : stock.cnn().conv2d("y", x, w, config));

    SameDiff q4 = SameDiff.create();
    SDVariable w4 = q4.var("w", weights);
    SDVariable x4 = q4.constant("x", IMAGES);
    finish(
        withBias
            ? new SDQ4(q4, options).conv2d("y", x4, w4, q4.var("b", BIAS.dup()), config)
            : new SDQ4(q4, options).conv2d("y", x4, w4, config));

    assertEqualOutputs(stock, q4);
    // Stock conv2d has no gradient in the other formats: its conv2d_bp refuses the weights' shape.
    if (format == WeightsFormat.YXIO) {
      assertEqualGradients(stock, q4, withBias);
    }
  }

  @ParameterizedTest
  @CsvSource({"PER_TENSOR, true", "PER_CHANNEL, true", "PER_CHANNEL, false"})
  void linear(Granularity granularity, boolean withBias) {
    INDArray input = SmallCnn.random(5, DataType.DOUBLE, 6, 5);
    INDArray weights = SmallCnn.random(6, DataType.DOUBLE, 5, 4);
    WeightQuantization options = WeightQuantization.PAPER.withGranularity(granularity);

    SameDiff stock = SameDiff.create();
    SDVariable w = stock.var("w", quantized(weights, new Quantizer(4, granularity, 1)));
    SDVariable x = stock.constant("x", input);
    finish(
        withBias
            ? stock.nn().linear("y", x, w, stock.var("b", BIAS.dup()))
            : stock.mmul("y", x, w));

    SameDiff q4 = SameDiff.create();
    SDVariable b4 = withBias ? q4.var("b", BIAS.dup()) : null;
    finish(new SDQ4(q4, options).linear("y", q4.constant("x", input), q4.var("w", weights), b4));

    assertEqualOutputs(stock, q4);
    assertEqualGradients(stock, q4, withBias);
  }

  private static void finish(SDVariable y) {
    y.mul(y).sum("loss").markAsLoss();
  }

  private static void assertEqualOutputs(SameDiff stock, SameDiff q4) {
    assertIdentical("output", stock.outputSingle(Map.of(), "y"), q4.outputSingle(Map.of(), "y"));
  }

  private static void assertEqualGradients(SameDiff stock, SameDiff q4, boolean withBias) {
    List<String> of = withBias ? List.of("w", "b") : List.of("w");
    assertIdentical(stock.calculateGradients(Map.of(), of), q4.calculateGradients(Map.of(), of));
  }

  @Test
  void namesMayBeLeftToSameDiff() {
    SameDiff sd = SameDiff.create();
    SDQ4 q4 = new SDQ4(sd);
    SDVariable images = sd.constant(IMAGES);
    SDVariable kernel = sd.var(SmallCnn.random(1, DataType.DOUBLE, 3, 3, 3, 4));
    Conv2DConfig config = Conv2DConfig.builder().kH(3).kW(3).build();
    SDVariable bias = sd.var(BIAS.dup());

    INDArray plain = q4.conv2d(images, kernel, config).eval();
    INDArray biased = q4.conv2d(images, kernel, bias, config).eval();
    assertIdentical("bias", plain.add(BIAS.reshape(1, 4, 1, 1)), biased);

    SDVariable weights = sd.var(SmallCnn.random(2, DataType.DOUBLE, 4, 4));
    SDVariable rows = sd.constant(SmallCnn.random(3, DataType.DOUBLE, 2, 4));
    assertIdentical(
        "linear",
        q4.linear("named", rows, weights, bias).eval(),
        q4.linear(rows, weights, bias).eval());
  }

  @Test
  void namesAreAsGivenInAScope() {
    SameDiff sd = SameDiff.create();
    try (NameScope scope = sd.withNameScope("block")) {
      assertEquals("block/q", new SDQ4(sd).fakeQuantize("q", sd.var("w", Nd4j.ones(2))).name());
    }
  }

  @Test
  void weightsAsIntegers() {
    SameDiff sd = SameDiff.create();
    INDArray weights = Nd4j.createFromArray(new float[][] {{7, -3}, {0, 1}});
    SDQ4 perChannel =
        new SDQ4(sd, WeightQuantization.PAPER.withGranularity(Granularity.PER_CHANNEL));
    perChannel.fakeQuantize(sd.var("w", weights));
    new SDQ4(sd).fakeQuantize(sd.placeHolder("x", DataType.FLOAT, 2));

    Map<String, QuantizedTensor> tensors = SDQ4.quantizedWeights(sd);

    assertEquals(List.of("w"), List.copyOf(tensors.keySet()));
    QuantizedTensor w = tensors.get("w");
    assertEquals(Nd4j.createFromArray(new byte[][] {{7, -7}, {0, 2}}), w.codes());
    assertEquals(4, w.levelsUsed());
    assertEquals(2, w.scale().length());
  }

  @Test
  void aFixedScaleIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new SDQ4(
                    SameDiff.create(), WeightQuantization.PAPER.withScaleMode(ScaleMode.FIXED)));
    assertEquals("In a SameDiff graph the scale mode must be DYNAMIC; got FIXED", e.getMessage());
  }

  @Test
  void anUnknownShapeIsExplained() {
    SameDiff sd = SameDiff.create();
    SDVariable unknown = sd.placeHolder("x", DataType.FLOAT, -1, 3).mul(2);
    SDQ4 perChannel =
        new SDQ4(sd, WeightQuantization.PAPER.withGranularity(Granularity.PER_CHANNEL));

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> perChannel.fakeQuantize(unknown));

    assertTrue(e.getMessage().contains("channelDimension"), e::getMessage);
  }
}
