package org.dl4j.q4.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
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
import org.nd4j.linalg.ops.transforms.Transforms;

class SoftClipConstraintTest {

  private static final double ALPHA = 0.3;

  private static NeuralNetConfiguration.Builder still() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .dataType(DataType.DOUBLE)
        .updater(new Sgd(0));
  }

  private static MultiLayerConfiguration configuration(
      NeuralNetConfiguration.Builder builder, SoftClipConstraint constraint) {
    DenseLayer.Builder dense = new DenseLayer.Builder().nIn(4).nOut(3);
    return builder
        .list()
        .layer(constraint == null ? dense.build() : dense.constrainWeights(constraint).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(3)
                .nOut(2)
                .build())
        .build();
  }

  private static void fit(MultiLayerNetwork network, int steps) {
    DataSet data =
        new DataSet(
            Nd4j.ones(DataType.DOUBLE, 2, 4),
            Nd4j.createFromArray(new double[][] {{1, 0}, {0, 1}}));
    for (int i = 0; i < steps; i++) {
      network.fit(data);
    }
  }

  private static INDArray clipped(int times, INDArray weights) {
    INDArray w = weights.dup();
    for (int i = 0; i < times; i++) {
      w = Transforms.tanh(w.div(ALPHA)).mul(ALPHA);
    }
    return w;
  }

  @Test
  void clipsAStockLayersWeightsOncePerUpdate() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(configuration(still(), new SoftClipConstraint(ALPHA)));
    network.init();
    INDArray w = network.getParam("0_W").dup();
    INDArray other = network.getParam("1_W").dup();
    network.getParam("0_b").assign(0.5);

    fit(network, 3);

    assertEquals(clipped(3, w), network.getParam("0_W"));
    assertEquals(other, network.getParam("1_W"));
    assertEquals(Nd4j.valueArrayOf(new long[] {3}, 0.5, DataType.DOUBLE), network.getParam("0_b"));
  }

  @Test
  void clipsTheWholeNetworksWeights() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            configuration(still().constrainWeights(new SoftClipConstraint(ALPHA)), null));
    network.init();
    INDArray w0 = network.getParam("0_W").dup();
    INDArray w1 = network.getParam("1_W").dup();

    fit(network, 2);

    assertEquals(clipped(2, w0), network.getParam("0_W"));
    assertEquals(clipped(2, w1), network.getParam("1_W"));
  }

  @Test
  void isPartOfTheConfiguration() {
    MultiLayerConfiguration configuration = configuration(still(), new SoftClipConstraint(ALPHA));

    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());

    assertEquals(configuration, read);
    assertEquals(
        new SoftClipConstraint(ALPHA, Set.of("W")),
        read.getConf(0).getLayer().getConstraints().get(0));
    assertEquals(configuration.toJson(), read.toJson());
  }

  @Test
  void aCloneIsEqualAndApart() {
    SoftClipConstraint constraint = new SoftClipConstraint(ALPHA, Set.of("W"));
    SoftClipConstraint clone = (SoftClipConstraint) constraint.clone();
    assertEquals(constraint, clone);
    assertEquals(constraint.hashCode(), clone.hashCode());
    clone.setParams(Set.of("V"));
    assertEquals(Set.of("W"), constraint.getParams());
    assertNotEquals(constraint, clone);
    assertNotEquals(constraint, new SoftClipConstraint(1, Set.of("W")));
  }

  @Test
  void aMissingParameterIsNamed() {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(still(), null));
    network.init();
    SoftClipConstraint constraint = new SoftClipConstraint(ALPHA, Set.of("V"));
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> constraint.applyConstraint(network.getLayer(0), 0, 0));
    assertTrue(e.getMessage().startsWith("No parameter \"V\" to clip"), e::getMessage);
  }

  /** It would clip nothing, for ever. */
  @Test
  void itMustBeToldOfParameters() {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(still(), null));
    network.init();
    SoftClipConstraint constraint = new SoftClipConstraint(ALPHA);

    assertThrows(
        IllegalStateException.class, () -> constraint.applyConstraint(network.getLayer(0), 0, 0));
  }

  /** A 4-bit layer clips by itself, at 3; with the constraint, at the constraint's α instead. */
  @Test
  void a4BitLayerIsNotClippedTwice() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            still()
                .constrainWeights(new SoftClipConstraint(ALPHA))
                .list()
                .layer(new Q4DenseLayer.Builder().nIn(4).nOut(3).build())
                .layer(new Q4OutputLayer.Builder(LossFunction.MCXENT).nIn(3).nOut(2).build())
                .build());
    network.init();
    INDArray w0 = network.getParam("0_W").dup();
    INDArray w1 = network.getParam("1_W").dup();

    fit(network, 2);

    assertEquals(0, maxDifference(clipped(2, w0), network.getParam("0_W")), 1e-14);
    assertEquals(0, maxDifference(clipped(2, w1), network.getParam("1_W")), 1e-14);
  }

  private static double maxDifference(INDArray expected, INDArray actual) {
    return expected.sub(actual).amaxNumber().doubleValue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void alphaMustBePositive(double alpha) {
    assertThrows(IllegalArgumentException.class, () -> new SoftClipConstraint(alpha));
  }
}
