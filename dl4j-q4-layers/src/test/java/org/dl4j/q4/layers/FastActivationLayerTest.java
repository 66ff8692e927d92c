package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The fast activation equals its parent without any tolerance: a ReLU rounds nothing. */
class FastActivationLayerTest {

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientsAreTheParents(DataType type, IActivation activation, long[] shape) {
    MultiLayerNetwork fast = Networks.of(type, new FastActivationLayer(activation));
    MultiLayerNetwork stock = Networks.of(type, new ActivationLayer(activation));
    INDArray input = Nd4j.randn(type, shape);
    INDArray gradient = Nd4j.randn(type, shape);

    for (char order : new char[] {'c', 'f'}) {
      INDArray x = input.dup(order);
      INDArray dy = gradient.dup(order);
      Pass expected = passOnCopies(stock, x, dy);
      Pass actual = passOnCopies(fast, x, dy);
      assertClose("inference", expected.inference, actual.inference, 0);
      assertClose("training output", expected.training, actual.training, 0);
      assertClose("input gradient", expected.inputGradient, actual.inputGradient, 0);
    }
  }

  /** DL4J's layer computes in place in inference. */
  private static Pass passOnCopies(MultiLayerNetwork network, INDArray input, INDArray gradient) {
    INDArray inference = network.output(input.dup(input.ordering())).dup();
    Pass pass = Pass.of(network, input.dup(input.ordering()), gradient);
    ArrayAssert.assertIdentical("inference", inference, pass.inference);
    return pass;
  }

  @ParameterizedTest
  @EnumSource(
      value = WorkspaceMode.class,
      names = {"ENABLED", "NONE"})
  void severalFitsGiveTheParentsParameters(WorkspaceMode mode) {
    MultiLayerNetwork fast = classifier(new FastActivationLayer(Activation.RELU), mode);
    MultiLayerNetwork stock = classifier(new ActivationLayer(Activation.RELU), mode);
    INDArray before = stock.params().dup();

    for (int i = 0; i < 3; i++) {
      INDArray input = Nd4j.randn(DataType.FLOAT, 4, 5);
      INDArray labels = Nd4j.eye(2).castTo(DataType.FLOAT).getRows(0, 1, 0, 1);
      fast.fit(input, labels);
      stock.fit(input, labels);
    }

    ArrayAssert.assertIdentical("parameters", stock.params(), fast.params());
    assertNotEquals(before, fast.params());
  }

  @Test
  void theInputStaysAsItIs() {
    // Another layer, or a listener, may still read it.
    MultiLayerNetwork network =
        Networks.of(DataType.FLOAT, new FastActivationLayer(Activation.RELU));
    INDArray input = Nd4j.randn(DataType.FLOAT, 3, 4);
    INDArray copy = input.dup();

    network.feedForward(input, true);

    assertEquals(copy, input);
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (IActivation activation : List.of(new ActivationReLU(), new ActivationTanH())) {
        cases.add(Arguments.of(type, activation, new long[] {3, 4}));
        cases.add(Arguments.of(type, activation, new long[] {3, 4, 5}));
        cases.add(Arguments.of(type, activation, new long[] {2, 3, 5, 4}));
      }
      // Not a plain ReLU: it has a bound.
      cases.add(Arguments.of(type, new ActivationReLU(0.5, 0.1, 0.2), new long[] {2, 3, 5, 4}));
    }
    return cases.stream();
  }

  private static MultiLayerNetwork classifier(ActivationLayer layer, WorkspaceMode mode) {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder().updater(new Sgd(0.2)),
            InputType.feedForward(5),
            new DenseLayer.Builder().nOut(6).activation(Activation.IDENTITY).build(),
            layer,
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build());
    network.getLayerWiseConfigurations().setTrainingWorkspaceMode(mode);
    return network;
  }
}
