package org.dl4j.q4.layers;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.IntegerArbitrary;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link ConvolutionEqualityTest} over random shapes and options. */
class ConvolutionEqualityPropertiesTest {

  @Property(tries = 80)
  void aQuantizedConvolutionEqualsTheStockOneHoldingItsWeights(@ForAll("cases") ConvolutionCase c) {
    c.compare(c.quantized(), c.type == DataType.DOUBLE);
  }

  @Property(tries = 50)
  void aFastConvolutionEqualsTheStockOne(@ForAll("cases") ConvolutionCase c) {
    c.compare(c.fast(), c.type == DataType.DOUBLE);
  }

  @Provide
  Arbitrary<ConvolutionCase> cases() {
    Arbitrary<int[]> sizes = integers(1, 5).array(int[].class).ofSize(3);
    Arbitrary<int[]> images = integers(1, 11).array(int[].class).ofSize(2);
    Arbitrary<int[][]> geometry =
        Combinators.combine(
                pairs(integers(1, 5)),
                pairs(integers(1, 3)),
                pairs(integers(0, 2)),
                pairs(
                    Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(1)), Tuple.of(1, Arbitraries.just(2)))))
            .as(
                (kernel, stride, padding, dilation) ->
                    new int[][] {kernel, stride, padding, dilation});
    return Combinators.combine(
            Arbitraries.of(DataType.FLOAT, DataType.DOUBLE),
            Arbitraries.of(ConvolutionMode.Same, ConvolutionMode.Truncate),
            Arbitraries.of(CNN2DFormat.class),
            Arbitraries.of(Activation.IDENTITY, Activation.RELU, Activation.TANH, Activation.ELU),
            quantizations(),
            Arbitraries.of(true, false),
            geometry,
            sizes.flatMap(s -> images.map(i -> new int[] {s[0], s[1], s[2], i[0], i[1]})))
        .as(ConvolutionEqualityPropertiesTest::fitting);
  }

  private static ConvolutionCase fitting(
      DataType type,
      ConvolutionMode mode,
      CNN2DFormat format,
      Activation activation,
      WeightQuantization quantization,
      boolean bias,
      int[][] geometry,
      int[] sizes) {
    ConvolutionCase c = new ConvolutionCase();
    c.type = type;
    c.mode = mode;
    c.format = format;
    c.activation = activation;
    c.quantization = quantization;
    c.bias = bias;
    c.kernel = geometry[0];
    c.stride = geometry[1];
    c.padding = mode == ConvolutionMode.Same ? new int[] {0, 0} : geometry[2];
    c.dilation = geometry[3];
    c.batch = sizes[0];
    c.in = sizes[1];
    c.out = sizes[2];
    // Images at least as large as the dilated kernel, and no stride so long that DL4J refuses it.
    c.height = Math.max(sizes[3], 1 + (c.kernel[0] - 1) * c.dilation[0]);
    c.width = Math.max(sizes[4], 1 + (c.kernel[1] - 1) * c.dilation[1]);
    if (mode == ConvolutionMode.Same) {
      Arrays.setAll(c.stride, d -> Math.min(c.stride[d], c.kernel[d] + 1));
    }
    return c;
  }

  private static Arbitrary<WeightQuantization> quantizations() {
    return Combinators.combine(
            integers(2, 8), Arbitraries.of(Granularity.class), Arbitraries.of(ScaleMode.class))
        .as((bits, granularity, mode) -> new WeightQuantization(bits, granularity, mode, 3));
  }

  private static IntegerArbitrary integers(int smallest, int largest) {
    return Arbitraries.integers().between(smallest, largest);
  }

  private static Arbitrary<int[]> pairs(Arbitrary<Integer> of) {
    return of.array(int[].class).ofSize(2);
  }
}
