package org.dl4j.q4.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.kernels.NativeBuild;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A 4-bit convolution equals the stock layer holding the quantized weights, a fast one the stock
 * layer holding the same weights: outputs and every gradient, bit for bit where both run DL4J's
 * im2col, else within rounding.
 */
class ConvolutionEqualityTest {

  @ParameterizedTest
  @MethodSource("cases")
  void floatsAreEqualWithinRounding(ConvolutionCase c) {
    c.type = DataType.FLOAT;

    c.compare(c.quantized(), false);
    c.compare(c.fast(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doublesAreEqualBitForBit(ConvolutionCase c) {
    c.type = DataType.DOUBLE;

    c.compare(c.quantized(), true);
    c.compare(c.fast(), true);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withoutOneDnnFloatsAreEqualBitForBit(ConvolutionCase c) {
    c.type = DataType.FLOAT;

    try (PlainPath ignored = new PlainPath()) {
      c.compare(c.quantized(), true);
      c.compare(c.fast(), true);
    }
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void equalInTheWorkspacesOfATrainingStep(CNN2DFormat format) {
    for (Activation activation : List.of(Activation.IDENTITY, Activation.TANH)) {
      ConvolutionCase c = with(k -> k.format = format);
      c.activation = activation;
      MultiLayerNetwork ours = Networks.of(c.type, c.quantized(), loss(format));
      MultiLayerNetwork stock = Networks.of(c.type, c.stock(), loss(format));
      Networks.copyQuantized(ours, stock);
      INDArray input = c.input();
      INDArray labels = Nd4j.randn(c.type, stock.output(input).shape());

      Pass.assertClose(Pass.ofLoss(stock, input, labels), Pass.ofLoss(ours, input, labels));
    }
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void equalBetweenStockConvolutionsWhoseArraysAreStrided(CNN2DFormat format) {
    // DL4J's convolution hands on activations and gradients with permuted dimensions.
    ConvolutionCase c = with(k -> k.format = format);
    c.in = 4;
    ConvolutionLayer below = c.stock();
    MultiLayerNetwork ours = Networks.of(c.type, below.clone(), c.quantized(), below.clone());
    MultiLayerNetwork stock = Networks.of(c.type, below.clone(), c.stock(), below.clone());
    Networks.copyQuantized(ours, stock);
    INDArray input = c.input();
    INDArray gradient = Nd4j.randn(c.type, stock.output(input).shape());

    Pass.assertClose(Pass.of(stock, input, gradient), Pass.of(ours, input, gradient));
  }

  @Test
  void dropoutOfTheInputIsTheParents() {
    // In NCHW alone: DL4J's own backward pass fails with dropout in NHWC.
    ConvolutionCase c = with(k -> k.activation = Activation.TANH);
    ConvolutionLayer fast = c.fast();
    ConvolutionLayer reference = c.stock();
    fast.setIDropout(new Dropout(0.6));
    reference.setIDropout(new Dropout(0.6));
    MultiLayerNetwork ours = Networks.of(c.type, fast);
    MultiLayerNetwork stock = Networks.of(c.type, reference);
    INDArray input = c.input();
    INDArray gradient = Nd4j.randn(c.type, stock.output(input).shape());

    Nd4j.getRandom().setSeed(7); // the same elements are dropped
    Pass expected = Pass.of(stock, input, gradient);
    Nd4j.getRandom().setSeed(7);
    Pass actual = Pass.of(ours, input, gradient);

    Pass.assertClose(expected, actual);
    assertEquals(0, expected.inputGradient.aminNumber().doubleValue(), "something was dropped");
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void frozenWithBackpropItPassesTheParentsGradientOn(CNN2DFormat format) {
    for (Activation activation : List.of(Activation.IDENTITY, Activation.TANH)) {
      ConvolutionCase c = with(k -> k.format = format);
      c.activation = activation;
      c.in = 4;
      MultiLayerNetwork ours =
          Networks.of(c.type, c.stock(), new FrozenLayerWithBackprop(c.quantized()), loss(format));
      MultiLayerNetwork stock =
          Networks.of(c.type, c.stock(), new FrozenLayerWithBackprop(c.stock()), loss(format));
      stock.setParams(ours.params());
      stock.getParam("1_W").assign(Networks.quantize(c.quantized(), ours.getParam("1_W")));
      INDArray input = c.input();
      INDArray labels = Nd4j.randn(c.type, stock.output(input).shape());

      Pass.assertClose(Pass.ofLoss(stock, input, labels), Pass.ofLoss(ours, input, labels));
    }
  }

  @Test
  void theStockPathIsNotTheAcceleratedOne() {
    // Else the comparisons above would compare DL4J with itself: with oneDNN, rounding differs.
    ConvolutionCase c = with(k -> k.in = 32);
    MultiLayerNetwork fast = Networks.of(c.type, c.fast());
    MultiLayerNetwork stock = Networks.of(c.type, c.stock());
    INDArray input = c.input();

    boolean equal = fast.output(input).equalsWithEps(stock.output(input), 0);

    assertTrue(equal != NativeBuild.accelerates(DataType.FLOAT));
  }

  static Stream<ConvolutionCase> cases() {
    List<ConvolutionCase> cases = new ArrayList<>();
    for (CNN2DFormat format : CNN2DFormat.values()) {
      for (int kernel : new int[] {1, 3, 5}) {
        for (int stride : new int[] {1, 2}) {
          for (ConvolutionMode mode : List.of(ConvolutionMode.Same, ConvolutionMode.Truncate)) {
            cases.add(
                with(
                    c -> {
                      c.format = format;
                      c.kernel = new int[] {kernel, kernel};
                      c.stride = new int[] {stride, stride};
                      c.mode = mode;
                    }));
          }
        }
      }
      for (Consumer<ConvolutionCase> variation : variations()) {
        cases.add(with(variation.andThen(c -> c.format = format)));
      }
    }
    for (Activation activation :
        List.of(
            Activation.RELU,
            Activation.TANH,
            Activation.ELU,
            Activation.SOFTPLUS,
            Activation.SIGMOID,
            Activation.LEAKYRELU,
            Activation.GELU,
            Activation.SWISH)) {
      cases.add(with(c -> c.activation = activation));
    }
    return cases.stream();
  }

  private static List<Consumer<ConvolutionCase>> variations() {
    return List.of(
        c -> c.dilation = new int[] {2, 2},
        c -> {
          c.dilation = new int[] {1, 3};
          c.mode = ConvolutionMode.Truncate;
          c.width = 9;
        },
        c -> {
          c.mode = ConvolutionMode.Strict;
          c.padding = new int[] {1, 0};
          c.stride = new int[] {2, 1};
        },
        c -> {
          c.mode = ConvolutionMode.Truncate;
          c.padding = new int[] {2, 1};
          c.kernel = new int[] {5, 2};
          c.stride = new int[] {3, 2};
        },
        c -> c.bias = false,
        c -> {
          c.bias = false;
          c.activation = Activation.SOFTPLUS;
        },
        c -> { // the stride leaps over the kernel, which oneDNN cannot do with "same" padding
          c.kernel = new int[] {1, 1};
          c.stride = new int[] {4, 4};
          c.height = 5;
          c.width = 5;
        },
        c -> {
          c.batch = 1;
          c.in = 1;
          c.out = 1;
        },
        c ->
            c.quantization =
                WeightQuantization.PAPER.withBits(2).withGranularity(Granularity.PER_CHANNEL),
        c -> c.quantization = WeightQuantization.PAPER.withBits(8));
  }

  private static ConvolutionCase with(Consumer<ConvolutionCase> variation) {
    ConvolutionCase c = new ConvolutionCase();
    variation.accept(c);
    return c;
  }

  private static CnnLossLayer loss(CNN2DFormat format) {
    return new CnnLossLayer.Builder(LossFunction.MSE)
        .activation(Activation.IDENTITY)
        .format(format)
        .build();
  }
}
