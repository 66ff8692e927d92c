package org.dl4j.q4.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The fast pooling equals its parent. */
class FastSubsamplingLayerTest {

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientsEqualTheParents(Case c) {
    INDArray input = c.input();
    MultiLayerNetwork stock = Networks.of(c.type, c.stock());
    INDArray gradient = Nd4j.randn(c.type, stock.output(input).shape());

    Pass expected = Pass.of(stock, input, gradient);

    Pass.assertClose(expected, Pass.of(Networks.of(c.type, c.fast()), input, gradient));
    // Frozen layers run forward in test mode, then backward.
    Pass.assertClose(
        expected,
        Pass.of(
            Networks.of(c.type, new FrozenLayerWithBackprop(c.fast())),
            input.dup('f'),
            gradient.dup('f')));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withoutOneDnnItIsTheParentBitForBit(Case c) {
    INDArray input = c.input();
    MultiLayerNetwork stock = Networks.of(c.type, c.stock());
    INDArray gradient = Nd4j.randn(c.type, stock.output(input).shape());
    MultiLayerNetwork fast;
    try (PlainPath ignored = new PlainPath()) {
      fast = Networks.of(c.type, c.fast());
    }

    Pass.assertIdentical(Pass.of(stock, input, gradient), Pass.of(fast, input, gradient));
  }

  @ParameterizedTest
  @EnumSource(
      value = WorkspaceMode.class,
      names = {"ENABLED", "NONE"})
  void aBackwardPassBelongsToTheTrainingPassBeforeIt(WorkspaceMode mode) {
    Case c = new Case();
    INDArray input = c.input();
    MultiLayerNetwork stock = Networks.of(c.type, c.stock(), loss());
    MultiLayerNetwork fast = Networks.of(c.type, c.fast(), loss());
    fast.getLayerWiseConfigurations().setTrainingWorkspaceMode(mode);
    fast.getLayerWiseConfigurations().setInferenceWorkspaceMode(mode);
    INDArray labels = Nd4j.randn(c.type, stock.output(input).shape());

    fast.output(c.input());
    fast.feedForward(c.input(), true);
    Pass actual = Pass.ofLoss(fast, input, labels);

    Pass.assertClose(Pass.ofLoss(stock, input, labels), actual);
  }

  private static CnnLossLayer loss() {
    return new CnnLossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build();
  }

  @Test
  void inputThatIsNoImagesGetsTheParentsMessage() {
    MultiLayerNetwork fast = Networks.of(DataType.FLOAT, new Case().fast());
    MultiLayerNetwork stock = Networks.of(DataType.FLOAT, new Case().stock());
    INDArray wrong = Nd4j.randn(DataType.FLOAT, 2, 90);

    String expected =
        assertThrows(DL4JInvalidInputException.class, () -> stock.output(wrong)).getMessage();
    String actual =
        assertThrows(DL4JInvalidInputException.class, () -> fast.output(wrong)).getMessage();

    assertEquals(
        expected.replace("SubsamplingLayer", ""),
        actual.replace("SubsamplingRuntime", "").replace("SubsamplingLayer", ""));
  }

  @Test
  void aPowerThatIsMissingIsRefused() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> new FastSubsamplingLayer.Builder(PoolingType.PNORM).build());

    assertTrue(thrown.getMessage().contains("pnorm"), thrown::toString);
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (CNN2DFormat format : CNN2DFormat.values()) {
        for (PoolingType pooling : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.PNORM)) {
          for (ConvolutionMode mode :
              List.of(ConvolutionMode.Truncate, ConvolutionMode.Same, ConvolutionMode.Strict)) {
            cases.add(new Case(type, format, pooling, mode, 0, true));
          }
        }
        cases.add(new Case(type, format, PoolingType.MAX, ConvolutionMode.Truncate, 1, true));
        for (boolean paddingCounts : new boolean[] {false, true}) {
          cases.add(
              new Case(type, format, PoolingType.AVG, ConvolutionMode.Truncate, 1, paddingCounts));
          cases.add(
              new Case(type, format, PoolingType.AVG, ConvolutionMode.Same, 0, paddingCounts));
        }
      }
    }
    return cases.stream();
  }

  private static final class Case {

    final DataType type;
    final CNN2DFormat format;
    final PoolingType pooling;
    final ConvolutionMode mode;
    final int padding;
    final boolean paddingCounts;

    Case() {
      this(DataType.FLOAT, CNN2DFormat.NCHW, PoolingType.MAX, ConvolutionMode.Truncate, 0, false);
    }

    Case(
        DataType type,
        CNN2DFormat format,
        PoolingType pooling,
        ConvolutionMode mode,
        int padding,
        boolean paddingCounts) {
      this.type = type;
      this.format = format;
      this.pooling = pooling;
      this.mode = mode;
      this.padding = padding;
      this.paddingCounts = paddingCounts;
    }

    SubsamplingLayer fast() {
      return set(new FastSubsamplingLayer.Builder(pooling));
    }

    SubsamplingLayer stock() {
      return set(new SubsamplingLayer.Builder(pooling));
    }

    private SubsamplingLayer set(SubsamplingLayer.Builder builder) {
      builder.kernelSize(3, 2).stride(2, 2).convolutionMode(mode).dataFormat(format);
      if (padding > 0) {
        builder.padding(padding, padding);
      }
      if (pooling == PoolingType.PNORM) {
        builder.pnorm(2);
      }
      return builder.avgPoolIncludePadInDivisor(paddingCounts).build();
    }

    /** Sizes that windows of 3×2 and stride 2 fill exactly, as Strict asks for. */
    INDArray input() {
      return format == CNN2DFormat.NCHW
          ? Nd4j.randn(type, 2, 3, 7, 6)
          : Nd4j.randn(type, 2, 7, 6, 3);
    }

    @Override
    public String toString() {
      return type + " " + format + " " + pooling + " " + mode + " " + padding + " " + paddingCounts;
    }
  }
}
