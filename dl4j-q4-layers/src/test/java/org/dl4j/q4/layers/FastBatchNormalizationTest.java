package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.kernels.NativeBuild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The fast layer equals its parent: outputs, gradients and running statistics. */
class FastBatchNormalizationTest {

  private static final int CHANNELS = 3;

  @ParameterizedTest
  @MethodSource("learned")
  void outputsAndGradientsEqualTheParents(Case c) {
    MultiLayerNetwork fast = Networks.of(c.type, c.fast());
    MultiLayerNetwork stock = Networks.of(c.type, c.stock());
    randomizeParameters(fast, stock);
    INDArray input = c.input();
    INDArray gradient = Nd4j.randn(c.type, input.shape());

    Pass expected = Pass.of(stock, input, gradient);
    Pass actual = Pass.of(fast, input, gradient);

    if (c.type == DataType.DOUBLE) {
      Pass.assertIdentical(expected, actual); // both run DL4J's code
    } else {
      Pass.assertClose(expected, actual);
    }
  }

  @ParameterizedTest
  @MethodSource("learned")
  void withoutOneDnnItIsTheParentBitForBit(Case c) {
    MultiLayerNetwork stock = Networks.of(c.type, c.stock());
    MultiLayerNetwork fast;
    try (PlainPath ignored = new PlainPath()) {
      fast = Networks.of(c.type, c.fast());
    }
    randomizeParameters(fast, stock);
    INDArray input = c.input();
    INDArray gradient = Nd4j.randn(c.type, input.shape());

    Pass.assertIdentical(Pass.of(stock, input, gradient), Pass.of(fast, input, gradient));
  }

  @ParameterizedTest
  @MethodSource("learnedAndLocked")
  void runningStatisticsFollowTheParentsOverSeveralFits(Case c) {
    MultiLayerNetwork fast = c.classifier(c.fast());
    MultiLayerNetwork stock = c.classifier(c.stock());
    assertIdentical("initial parameters", stock.params(), fast.params());
    INDArray before = fast.params().dup();

    for (int i = 0; i < 4; i++) {
      INDArray input = c.input();
      INDArray labels = Nd4j.eye(2).castTo(c.type).getRows(0, 1, 0, 1);
      fast.fit(input, labels);
      stock.fit(input, labels);
    }

    // Four steps, each of which starts from parameters a rounding apart.
    double tolerance = 10 * ArrayAssert.tolerance(c.type);
    stock
        .paramTable()
        .forEach((name, value) -> assertClose(name, value, fast.getParam(name), tolerance));
    INDArray input = c.input();
    assertClose("inference", stock.output(input), fast.output(input), tolerance);
    assertTrue(before.distance2(fast.params()) > 0.1, "nothing moved");
  }

  @ParameterizedTest
  @MethodSource("learned")
  void stridedArraysAreRead(Case c) {
    MultiLayerNetwork fast = Networks.of(c.type, c.fast());
    MultiLayerNetwork stock = Networks.of(c.type, c.stock());
    randomizeParameters(fast, stock);
    INDArray input = c.input();
    INDArray gradient = Nd4j.randn(c.type, input.shape());

    Pass expected = Pass.of(stock, input, gradient);

    Pass.assertClose(expected, Pass.of(fast, input.dup('f'), gradient.dup('f')));
  }

  @ParameterizedTest
  @MethodSource("learned")
  void frozenWithBackpropItEqualsTheParent(Case c) {
    // Such a layer runs forward in test mode, then backward, without statistics of the batch.
    // DL4J's
    // own needs networks without workspaces for that.
    MultiLayerNetwork stock = frozen(c, c.stock(), WorkspaceMode.NONE);
    // All of one class: with balanced labels the bias gradient would be a rounding error around 0.
    INDArray labels = Nd4j.eye(2).castTo(c.type).getRows(0, 0, 0, 0);
    INDArray input = c.input();
    Pass expected = Pass.ofLoss(stock, input, labels);

    Pass.assertClose(expected, Pass.ofLoss(frozen(c, c.fast(), WorkspaceMode.NONE), input, labels));
    if (c.type == DataType.FLOAT && NativeBuild.accelerates(c.type)) {
      Pass.assertClose(
          expected, Pass.ofLoss(frozen(c, c.fast(), WorkspaceMode.ENABLED), input, labels));
    }
  }

  @ParameterizedTest
  @MethodSource("learned")
  void aBackwardPassBelongsToTheLastForwardPass(Case c) {
    INDArray input = c.input();
    INDArray gradient = Nd4j.randn(c.type, input.shape());
    INDArray[] inputGradients = new INDArray[2];
    MultiLayerNetwork[] networks = {Networks.of(c.type, c.stock()), Networks.of(c.type, c.fast())};
    randomizeParameters(networks[0], networks[1]);
    for (int i = 0; i < 2; i++) {
      MultiLayerNetwork network = networks[i];
      network.getLayerWiseConfigurations().setTrainingWorkspaceMode(WorkspaceMode.NONE);
      network.getLayerWiseConfigurations().setInferenceWorkspaceMode(WorkspaceMode.NONE);
      network.setInput(input);
      network.feedForward(true, false);
      network.feedForward(false, false); // the batch's own statistics are no longer in use
      inputGradients[i] = network.backpropGradient(gradient.dup(), null).getSecond();
    }

    assertClose(
        "input gradient", inputGradients[0], inputGradients[1], ArrayAssert.tolerance(c.type));
  }

  private static MultiLayerNetwork frozen(Case c, BatchNormalization layer, WorkspaceMode mode) {
    MultiLayerNetwork network = c.classifier(new FrozenLayerWithBackprop(layer));
    network.getLayerWiseConfigurations().setTrainingWorkspaceMode(mode);
    return network;
  }

  @Test
  void theErrorForAWrongNumberOfChannelsNamesBoth() {
    MultiLayerNetwork network =
        Networks.of(DataType.FLOAT, new FastBatchNormalization.Builder().nOut(CHANNELS).build());

    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> network.output(Nd4j.randn(DataType.FLOAT, 2, 5, 4, 4)));

    assertTrue(thrown.getMessage().contains("3"), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("5"), thrown.getMessage());
  }

  static Stream<Case> learned() {
    List<Case> cases = new ArrayList<>();
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (boolean logStd : new boolean[] {true, false}) {
        cases.add(new Case(type, CNN2DFormat.NCHW, 4, logStd, false));
        cases.add(new Case(type, CNN2DFormat.NHWC, 4, logStd, false));
        cases.add(new Case(type, CNN2DFormat.NCHW, 2, logStd, false));
      }
    }
    return cases.stream();
  }

  /** Without NHWC, where DL4J's own backward pass looks for channels beyond the last dimension. */
  static Stream<Case> locked() {
    return learned()
        .filter(c -> c.format == CNN2DFormat.NCHW)
        .map(c -> new Case(c.type, c.format, c.rank, c.logStd, true));
  }

  static Stream<Case> learnedAndLocked() {
    return Stream.concat(learned(), locked());
  }

  /** γ, β and the statistics of a new layer are 1, 0, 0 and 1, which would hide a mistake. */
  private static void randomizeParameters(MultiLayerNetwork one, MultiLayerNetwork other) {
    INDArray params = Nd4j.rand(one.params().dataType(), one.params().shape()).muli(0.8).addi(0.3);
    one.setParams(params.dup());
    other.setParams(params.dup());
  }

  private static final class Case {

    final DataType type;
    final CNN2DFormat format;
    final int rank;
    final boolean logStd;
    final boolean lock;

    Case(DataType type, CNN2DFormat format, int rank, boolean logStd, boolean lock) {
      this.type = type;
      this.format = format;
      this.rank = rank;
      this.logStd = logStd;
      this.lock = lock;
    }

    BatchNormalization fast() {
      return set(new FastBatchNormalization.Builder());
    }

    BatchNormalization stock() {
      return set(new BatchNormalization.Builder());
    }

    private BatchNormalization set(BatchNormalization.Builder builder) {
      return builder
          .nIn(CHANNELS)
          .nOut(CHANNELS)
          .dataFormat(format)
          .useLogStd(logStd)
          .lockGammaBeta(lock)
          .gamma(1.3)
          .beta(-0.2)
          .eps(1e-4)
          .decay(0.7)
          .build();
    }

    MultiLayerNetwork classifier(Layer normalization) {
      InputType input =
          rank == 2
              ? InputType.feedForward(CHANNELS)
              : InputType.convolutional(4, 3, CHANNELS, format);
      return Networks.of(
          new NeuralNetConfiguration.Builder().dataType(type).updater(new Sgd(0.2)),
          input,
          normalization,
          new OutputLayer.Builder(LossFunction.MCXENT)
              .nOut(2)
              .activation(Activation.SOFTMAX)
              .build());
    }

    INDArray input() {
      INDArray gaussian =
          rank == 2
              ? Nd4j.randn(type, 4, CHANNELS)
              : format == CNN2DFormat.NCHW
                  ? Nd4j.randn(type, 4, CHANNELS, 4, 3)
                  : Nd4j.randn(type, 4, 4, 3, CHANNELS);
      return gaussian.muli(2).addi(1);
    }

    @Override
    public String toString() {
      return type + " " + format + " rank " + rank + " logStd " + logStd + " lock " + lock;
    }
  }
}
