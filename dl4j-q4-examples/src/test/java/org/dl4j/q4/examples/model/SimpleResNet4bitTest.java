package org.dl4j.q4.examples.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.train.PaperRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class SimpleResNet4bitTest {

  private static final INDArray IMAGES = images();

  private static INDArray images() {
    Nd4j.getRandom().setSeed(5);
    return Nd4j.randn(DataType.FLOAT, 8, 3, 32, 32);
  }

  private static ComputationGraph graph(SimpleResNet4bit resNet) {
    ComputationGraph graph = new ComputationGraph(resNet.graphConfiguration());
    graph.init();
    return graph;
  }

  /** Convolutions (3·16, 16·16, 16·32, 32·32, 32·64, 64·64)·9, biases, γ and β, linear. */
  @ParameterizedTest
  @CsvSource({"10, 73178", "100, 79028"})
  void hasTheParametersOfItsArchitecture(int classes, long expected) {
    for (Precision precision : Precision.values()) {
      Layer[] layers = graph(new SimpleResNet4bit(classes).precision(precision)).getLayers();
      assertEquals(
          expected,
          Arrays.stream(layers)
              .flatMapToLong(
                  layer ->
                      layer.paramTable().entrySet().stream()
                          .filter(param -> layer.updaterDivideByMinibatch(param.getKey()))
                          .mapToLong(param -> param.getValue().length()))
              .sum());
    }
  }

  @Test
  void everyConvolutionAndTheLinearLayerAreQuantized() {
    long quantized =
        Arrays.stream(graph(new SimpleResNet4bit(10)).getLayers())
            .filter(layer -> !QuantizedWeights.of(layer).isEmpty())
            .count();

    assertEquals(7, quantized);
  }

  /** The skip adds the block's input, both strides halve, and the average is over all places. */
  @Test
  void computesWhatThePaperDraws() {
    ComputationGraph graph = graph(new SimpleResNet4bit(10).format(CNN2DFormat.NCHW));

    Map<String, INDArray> activations = graph.feedForward(IMAGES, false);

    INDArray sum = activations.get("bn2").add(activations.get("bn1"));
    assertClose(sum, activations.get("skip"));
    assertTrue(activations.get("bn2").minNumber().doubleValue() < 0, "no ReLU before the sum");
    assertClose(Nd4j.math().max(sum, sum.mul(0)), activations.get("relu2"));
    assertArrayEquals(new long[] {8, 16, 32, 32}, activations.get("relu2").shape());
    assertArrayEquals(new long[] {8, 32, 16, 16}, activations.get("bn4").shape());
    assertArrayEquals(new long[] {8, 64, 8, 8}, activations.get("bn6").shape());
    assertClose(activations.get("bn6").mean(2, 3), activations.get("pool"));
    for (String output : List.of("bn1", "bn3", "bn4", "bn5", "bn6")) {
      assertTrue(activations.get(output).minNumber().doubleValue() >= 0, output);
    }
  }

  @Test
  void bothLayoutsComputeTheSame() {
    ComputationGraph nhwc = graph(new SimpleResNet4bit(10));
    ComputationGraph nchw = graph(new SimpleResNet4bit(10).format(CNN2DFormat.NCHW));

    assertClose(nchw.outputSingle(IMAGES), nhwc.outputSingle(IMAGES));
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    assertNotNull(actual);
    double difference = expected.sub(actual).amaxNumber().doubleValue();
    assertTrue(
        difference <= 1e-4 * (1 + expected.amaxNumber().doubleValue()),
        () -> "off by " + difference);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void learnsAFewImagesByHeart(Precision precision) {
    PaperRecipe recipe = PaperRecipe.standard().withLearningRate(0.01);
    ComputationGraph graph = graph(new SimpleResNet4bit(10).precision(precision).recipe(recipe));
    graph.addListeners(recipe.gradientClipping());
    DataSet batch =
        new DataSet(IMAGES, Nd4j.eye(10).castTo(DataType.FLOAT).getRows(0, 1, 2, 3, 4, 5, 6, 7));

    graph.fit(batch);
    double first = graph.score();
    for (int step = 0; step < 40; step++) {
      graph.fit(batch);
    }

    assertTrue(graph.score() < 0.2 * first, () -> first + " → " + graph.score());
  }

  @Test
  void survivesJson() {
    ComputationGraphConfiguration conf = new SimpleResNet4bit(10).graphConfiguration();

    assertEquals(conf, ComputationGraphConfiguration.fromJson(conf.toJson()));
  }
}
