package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The fast linear layer in networks that train; single passes are in DenseEqualityTest. */
class FastDenseLayerTest {

  @ParameterizedTest
  @CsvSource({
    "FLOAT, ENABLED, 0",
    "FLOAT, NONE, 0",
    "DOUBLE, ENABLED, 0",
    "FLOAT, ENABLED, 0.7",
    "DOUBLE, ENABLED, 0.7"
  })
  void severalFitsGiveTheParentsParameters(DataType type, WorkspaceMode mode, double dropOut) {
    MultiLayerNetwork fast = classifier(type, mode, fast(dropOut), fast(dropOut));
    MultiLayerNetwork stock = classifier(type, mode, stock(dropOut), stock(dropOut));
    INDArray before = stock.params().dup();

    for (int i = 0; i < 4; i++) {
      INDArray input = Nd4j.randn(type, 4, 5);
      INDArray labels = Nd4j.eye(2).castTo(type).getRows(0, 1, 0, 1);
      for (MultiLayerNetwork network : new MultiLayerNetwork[] {fast, stock}) {
        Nd4j.getRandom().setSeed(Networks.SEED + i); // the same elements drop out
        network.fit(input, labels);
      }
    }

    assertClose("parameters", stock.params(), fast.params(), 10 * ArrayAssert.tolerance(type));
    assertTrue(before.distance2(fast.params()) > 0.1, "nothing moved");
  }

  @Test
  void frozenWithBackpropAndDropoutItEqualsTheParent() {
    // Its forward pass runs in test mode and drops nothing; DL4J's backward pass then does.
    MultiLayerNetwork fast = withFrozen(new FastDenseLayer.Builder());
    MultiLayerNetwork stock = withFrozen(new DenseLayer.Builder());
    INDArray input = Nd4j.randn(DataType.FLOAT, 4, 5);
    INDArray labels = Nd4j.eye(2).castTo(DataType.FLOAT).getRows(0, 1, 0, 0);

    for (MultiLayerNetwork network : new MultiLayerNetwork[] {fast, stock}) {
      Nd4j.getRandom().setSeed(Networks.SEED);
      network.fit(input, labels);
    }

    assertClose("parameters", stock.params(), fast.params(), 1e-5);
  }

  private static MultiLayerNetwork withFrozen(FeedForwardLayer.Builder<?> frozen) {
    return Networks.of(
        new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT).updater(new Sgd(0.5)),
        InputType.feedForward(5),
        new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build(),
        new FrozenLayerWithBackprop(
            frozen.nIn(5).nOut(5).activation(Activation.IDENTITY).dropOut(0.7).build()),
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(2)
            .activation(Activation.SOFTMAX)
            .build());
  }

  @Test
  void wrongInputGetsTheParentsMessage() {
    MultiLayerNetwork fast = Networks.of(DataType.FLOAT, fast(0));
    MultiLayerNetwork stock = Networks.of(DataType.FLOAT, stock(0));
    INDArray wrong = Nd4j.randn(DataType.FLOAT, 2, 4); // 4 inputs for 5

    String expected =
        assertThrows(DL4JInvalidInputException.class, () -> stock.output(wrong)).getMessage();
    String actual =
        assertThrows(DL4JInvalidInputException.class, () -> fast.output(wrong)).getMessage();

    assertEquals(
        expected.replace("DenseLayer", ""),
        actual.replace("DenseRuntime", "").replace("DenseLayer", ""));
  }

  private static DenseLayer fast(double dropOut) {
    FastDenseLayer.Builder builder = new FastDenseLayer.Builder().nIn(5).nOut(5);
    return builder.activation(Activation.TANH).dropOut(dropOut).build();
  }

  private static DenseLayer stock(double dropOut) {
    DenseLayer.Builder builder = new DenseLayer.Builder().nIn(5).nOut(5);
    return builder.activation(Activation.TANH).dropOut(dropOut).build();
  }

  private static MultiLayerNetwork classifier(
      DataType type, WorkspaceMode mode, DenseLayer first, DenseLayer second) {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder().dataType(type).updater(new Sgd(0.3)),
            InputType.feedForward(5),
            first,
            second,
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build());
    network.getLayerWiseConfigurations().setTrainingWorkspaceMode(mode);
    network.getLayerWiseConfigurations().setInferenceWorkspaceMode(mode);
    return network;
  }
}
