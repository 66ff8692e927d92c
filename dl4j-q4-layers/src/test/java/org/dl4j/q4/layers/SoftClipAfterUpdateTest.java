package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The tanh soft clip runs exactly once after each update. With a learning rate of 0 it is all that
 * happens to the weights, so that after n steps they are the clip applied n times.
 */
class SoftClipAfterUpdateTest {

  private static final double ALPHA = 1.5;
  private static final int STEPS = 3;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onceForEachStepOfAMultiLayerNetwork(boolean iterator) {
    MultiLayerNetwork network = Networks.of(still(), input(), layers(ALPHA));
    INDArray[] before = setLargeParameters(network);

    if (iterator) {
      network.fit(new ExistingDataSetIterator(List.of(data(), data(), data())));
    } else {
      for (int i = 0; i < STEPS; i++) {
        network.fit(data());
      }
    }

    for (int layer = 0; layer < before.length; layer++) {
      assertClipped(STEPS, before[layer], network.getLayer(layer));
    }
  }

  @Test
  void onceForEachStepOfAComputationGraph() {
    Layer[] layers = layers(ALPHA);
    ComputationGraph graph =
        new ComputationGraph(
            still()
                .graphBuilder()
                .addInputs("in")
                .addLayer("convolution", layers[0], "in")
                .addLayer("dense", layers[1], "convolution")
                .addLayer("out", layers[2], "dense")
                .setOutputs("out")
                .setInputTypes(input())
                .build());
    graph.init();
    graph.params().assign(largeParameters(graph.numParams()));
    INDArray[] before = weights(graph.getLayers());

    for (int i = 0; i < STEPS; i++) {
      graph.fit(data());
    }

    for (int layer = 0; layer < before.length; layer++) {
      assertClipped(STEPS, before[layer], graph.getLayer(layer));
    }
  }

  @Test
  void alphaZeroTurnsItOff() {
    MultiLayerNetwork network = Networks.of(still(), input(), layers(0));
    setLargeParameters(network);
    INDArray before = network.params().dup();

    network.fit(data());

    assertIdentical("parameters", before, network.params());
  }

  @Test
  void biasesAreNotClipped() {
    MultiLayerNetwork network = Networks.of(still(), input(), layers(ALPHA));
    setLargeParameters(network);
    INDArray bias = network.getParam("1_b").assign(17).dup();

    network.fit(data());

    assertIdentical("bias", bias, network.getParam("1_b"));
  }

  @Test
  void itFollowsAConstraintOfTheLayer() {
    double norm = 0.5;
    Q4DenseLayer dense =
        new Q4DenseLayer.Builder()
            .nIn(1)
            .nOut(2)
            .softClip(ALPHA)
            .constrainWeights(new MaxNormConstraint(norm, 0))
            .build();
    MultiLayerNetwork network =
        Networks.of(
            still(),
            InputType.feedForward(1),
            dense,
            new Q4OutputLayer.Builder(LossFunction.MCXENT).nOut(2).build());
    network.setParam("0_W", Nd4j.createFromArray(new double[][] {{2, -0.3}}));

    network.fit(
        new DataSet(
            Nd4j.ones(DataType.DOUBLE, 1, 1), Nd4j.createFromArray(new double[][] {{1, 0}})));

    INDArray clipped =
        Nd4j.createFromArray(new double[][] {{clip(norm, ALPHA), clip(-0.3, ALPHA)}});
    // The constraint adds 1e-6 to the norm that it divides by, twice.
    assertClose("W", clipped, network.getParam("0_W"), 1e-5);
  }

  @Test
  void frozenLayersAreNotClipped() {
    MultiLayerNetwork network = Networks.of(still(), input(), layers(ALPHA));
    INDArray[] before = setLargeParameters(network);
    MultiLayerNetwork frozen = new TransferLearning.Builder(network).setFeatureExtractor(0).build();

    frozen.fit(data());

    assertIdentical("frozen", before[0], frozen.getParam("0_W"));
    assertClipped(1, before[1], frozen.getLayer(1));
  }

  private static NeuralNetConfiguration.Builder still() {
    return new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).updater(new Sgd(0));
  }

  private static InputType input() {
    return InputType.convolutional(4, 4, 2);
  }

  private static Layer[] layers(double alpha) {
    return new Layer[] {
      new Q4ConvolutionLayer.Builder(3, 3).nOut(3).softClip(alpha).build(),
      new Q4DenseLayer.Builder().nOut(4).softClip(alpha).activation(Activation.TANH).build(),
      new Q4OutputLayer.Builder(LossFunction.MCXENT).nOut(2).softClip(alpha).build()
    };
  }

  private static DataSet data() {
    return new DataSet(
        Nd4j.randn(DataType.DOUBLE, 2, 2, 4, 4), Nd4j.eye(2).castTo(DataType.DOUBLE));
  }

  /** Weights up to ±5, where the clip is strong. */
  private static INDArray largeParameters(long count) {
    return Nd4j.rand(DataType.DOUBLE, 1, count).subi(0.5).muli(10);
  }

  private static INDArray[] setLargeParameters(MultiLayerNetwork network) {
    network.setParams(largeParameters(network.numParams()));
    return weights(network.getLayers());
  }

  private static INDArray[] weights(org.deeplearning4j.nn.api.Layer[] layers) {
    INDArray[] weights = new INDArray[layers.length];
    for (int i = 0; i < layers.length; i++) {
      weights[i] = layers[i].getParam("W").dup();
    }
    return weights;
  }

  private static void assertClipped(
      int times, INDArray before, org.deeplearning4j.nn.api.Layer layer) {
    INDArray expected = before.dup();
    for (long i = 0; i < expected.length(); i++) {
      double weight = expected.getDouble(i);
      for (int step = 0; step < times; step++) {
        weight = clip(weight, ALPHA);
      }
      expected.putScalar(i, weight);
    }
    assertClose("weights", expected, layer.getParam("W"), 1e-14);
  }

  private static double clip(double weight, double alpha) {
    return alpha * Math.tanh(weight / alpha);
  }
}
