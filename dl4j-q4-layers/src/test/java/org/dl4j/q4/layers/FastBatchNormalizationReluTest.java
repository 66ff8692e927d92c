package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** With relu(true) the layer equals the stock one with an activation layer behind it. */
class FastBatchNormalizationReluTest {

  private static final int CHANNELS = 3;
  private static final ActivationLayer RELU = new ActivationLayer(Activation.RELU);

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientsEqualThoseOfTwoLayers(Case c) {
    MultiLayerNetwork fused = Networks.of(c.type, c.fused());
    MultiLayerNetwork stock = Networks.of(c.type, c.stock(), RELU);

    assertEqualPasses(c, stock, fused, false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withoutOneDnnTheyAreTheSameBitForBit(Case c) {
    MultiLayerNetwork stock = Networks.of(c.type, c.stock(), RELU);
    MultiLayerNetwork fused;
    try (PlainPath ignored = new PlainPath()) {
      fused = Networks.of(c.type, c.fused());
    }

    assertEqualPasses(c, stock, fused, true);
  }

  private static void assertEqualPasses(
      Case c, MultiLayerNetwork stock, MultiLayerNetwork fused, boolean bitForBit) {
    randomizeParameters(fused, stock);
    INDArray input = c.input();
    INDArray gradient = Nd4j.randn(c.type, input.shape());

    Pass expected = Pass.of(stock, input, gradient);
    Pass actual = Pass.of(fused, input, gradient);

    if (bitForBit) {
      Pass.assertIdentical(expected, actual);
    } else {
      Pass.assertClose(expected, actual);
    }
    assertTrue(actual.training.eq(0).any(), "the ReLU stopped nothing");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void severalFitsGiveTheSameParametersAndStatistics(Case c) {
    for (WorkspaceMode mode : List.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)) {
      assertEqualTraining(c, c.classifier(c.stock(), RELU), c.classifier(c.fused()), mode);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void severalFitsWithoutOneDnnToo(Case c) {
    for (WorkspaceMode mode : List.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)) {
      MultiLayerNetwork fused;
      try (PlainPath ignored = new PlainPath()) {
        fused = c.classifier(c.fused());
      }
      assertEqualTraining(c, c.classifier(c.stock(), RELU), fused, mode);
    }
  }

  private static void assertEqualTraining(
      Case c, MultiLayerNetwork stock, MultiLayerNetwork fused, WorkspaceMode mode) {
    for (MultiLayerNetwork network : List.of(stock, fused)) {
      network.getLayerWiseConfigurations().setTrainingWorkspaceMode(mode);
      network.getLayerWiseConfigurations().setInferenceWorkspaceMode(mode);
    }
    fused.setParams(stock.params());
    INDArray before = stock.params().dup();

    for (int i = 0; i < 4; i++) {
      INDArray input = c.input();
      INDArray labels = Nd4j.eye(2).castTo(c.type).getRows(0, 1, 0, 1);
      stock.fit(input, labels);
      fused.fit(input, labels);
    }

    // Four steps, each of which starts from parameters a rounding apart.
    double tolerance = 10 * ArrayAssert.tolerance(c.type);
    assertClose("parameters", stock.params(), fused.params(), tolerance);
    INDArray input = c.input();
    assertClose("inference", stock.output(input), fused.output(input), tolerance);
    assertTrue(before.distance2(fused.params()) > 0.1, "nothing moved");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void frozenWithBackpropItEqualsTwoLayers(Case c) {
    // Forward in test mode, then backward. DL4J's own needs networks without workspaces for that.
    MultiLayerNetwork stock = c.classifier(new FrozenLayerWithBackprop(c.stock()), RELU);
    MultiLayerNetwork fused = c.classifier(new FrozenLayerWithBackprop(c.fused()));
    for (MultiLayerNetwork network : List.of(stock, fused)) {
      network.getLayerWiseConfigurations().setTrainingWorkspaceMode(WorkspaceMode.NONE);
    }
    fused.setParams(stock.params());
    INDArray input = c.input();
    // All of one class: with balanced labels the bias gradient would be a rounding error around 0.
    INDArray labels = Nd4j.eye(2).castTo(c.type).getRows(0, 0, 0, 0);

    Pass expected = Pass.ofLoss(stock, input, labels);

    Pass actual = Pass.ofLoss(fused, input, labels);
    // The output layer's index, and with it the names of its parameters, differs by one.
    assertClose(
        "input gradient",
        expected.inputGradient,
        actual.inputGradient,
        ArrayAssert.tolerance(c.type));
    assertClose(
        "output layer's weights",
        expected.gradients.get("2_W"),
        actual.gradients.get("1_W"),
        ArrayAssert.tolerance(c.type));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inferenceInBetweenDoesNotReachTheNextStep(Case c) {
    MultiLayerNetwork undisturbed = c.classifier(c.fused());
    MultiLayerNetwork disturbed = c.classifier(c.fused());
    for (int i = 0; i < 3; i++) {
      INDArray input = c.input();
      INDArray labels = Nd4j.eye(2).castTo(c.type).getRows(0, 1, 0, 1);
      undisturbed.fit(input, labels);
      disturbed.output(c.input());
      disturbed.feedForward(c.input(), true);
      disturbed.fit(input, labels);
      disturbed.output(c.input());
    }

    ArrayAssert.assertIdentical("parameters", undisturbed.params(), disturbed.params());
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (boolean logStd : new boolean[] {true, false}) {
        cases.add(new Case(type, CNN2DFormat.NCHW, 4, logStd));
        cases.add(new Case(type, CNN2DFormat.NHWC, 4, logStd));
        cases.add(new Case(type, CNN2DFormat.NCHW, 2, logStd));
      }
    }
    return cases.stream();
  }

  /** γ, β and the statistics of a new layer are 1, 0, 0 and 1, which would hide a mistake. */
  private static void randomizeParameters(MultiLayerNetwork one, MultiLayerNetwork other) {
    INDArray params = Nd4j.rand(one.params().dataType(), one.params().shape()).muli(0.8).addi(0.3);
    one.setParams(params.dup());
    other.setParams(params.dup());
    for (MultiLayerNetwork network : List.of(one, other)) {
      network.getParam("0_beta").assign(-0.2); // so that the ReLU stops what is below the mean
    }
  }

  private static final class Case {

    final DataType type;
    final CNN2DFormat format;
    final int rank;
    final boolean logStd;

    Case(DataType type, CNN2DFormat format, int rank, boolean logStd) {
      this.type = type;
      this.format = format;
      this.rank = rank;
      this.logStd = logStd;
    }

    BatchNormalization fused() {
      return set(new FastBatchNormalization.Builder().relu(true));
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
          .gamma(1.3)
          .beta(-0.2)
          .eps(1e-4)
          .decay(0.7)
          .build();
    }

    MultiLayerNetwork classifier(Layer... layers) {
      List<Layer> all = new ArrayList<>(List.of(layers));
      all.add(
          new OutputLayer.Builder(LossFunction.MCXENT)
              .nOut(2)
              .activation(Activation.SOFTMAX)
              .build());
      InputType input =
          rank == 2
              ? InputType.feedForward(CHANNELS)
              : InputType.convolutional(4, 3, CHANNELS, format);
      return Networks.of(
          new NeuralNetConfiguration.Builder().dataType(type).updater(new Sgd(0.2)),
          input,
          all.toArray(new Layer[0]));
    }

    INDArray input() {
      long[] shape =
          rank == 2
              ? new long[] {4, CHANNELS}
              : format == CNN2DFormat.NCHW
                  ? new long[] {4, CHANNELS, 4, 3}
                  : new long[] {4, 4, 3, CHANNELS};
      return Nd4j.randn(type, shape).muli(2).addi(1);
    }

    @Override
    public String toString() {
      return type + " " + format + " rank " + rank + " logStd " + logStd;
    }
  }
}
