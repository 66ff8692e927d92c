package org.dl4j.q4.examples.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.EpochSeeding;
import org.dl4j.q4.train.PaperRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class Vgg4bitTest {

  private static MultiLayerNetwork network(Vgg4bit vgg) {
    MultiLayerNetwork network = new MultiLayerNetwork(vgg.configuration());
    network.init();
    return network;
  }

  private static long trainable(MultiLayerNetwork network) {
    return Arrays.stream(network.getLayers())
        .flatMapToLong(
            layer ->
                layer.paramTable().entrySet().stream()
                    .filter(param -> layer.updaterDivideByMinibatch(param.getKey()))
                    .mapToLong(param -> param.getValue().length()))
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"10, 3251018", "100, 3297188"})
  void hasTheParametersOfItsArchitecture(int classes, long expected) {
    assertEquals(expected, trainable(network(new Vgg4bit(classes))));
    assertEquals(expected, trainable(network(new Vgg4bit(classes).precision(Precision.FP32))));
    // numParams() has the running mean and deviation of 1,408 channels and units on top.
    assertEquals(expected + 2 * 1408, network(new Vgg4bit(classes)).numParams());
  }

  @Test
  void twinsStartFromTheSameWeights() {
    INDArray q4 = network(new Vgg4bit(10).width(0.125).seed(7)).params();

    assertEquals(
        q4, network(new Vgg4bit(10).width(0.125).seed(7).precision(Precision.FP32)).params());
    assertNotEquals(q4, network(new Vgg4bit(10).width(0.125).seed(8)).params());
  }

  @Test
  void weightsStartWithThePapersVariance() {
    MultiLayerNetwork network = network(new Vgg4bit(10));

    double conv = network.getParam("2_W").varNumber().doubleValue(); // 64 → 64, 3×3
    assertEquals(2.0 / (64 * 9), conv, 0.05 * 2.0 / (64 * 9));
    int linear = network.getnLayers() - 3;
    double dense = network.getParam(linear + "_W").varNumber().doubleValue();
    assertEquals(1.0 / 4096, dense, 0.05 / 4096);
    assertEquals(0, network.getParam("2_b").amaxNumber().doubleValue());
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void takesDataVecsImagesInEitherLayout(CNN2DFormat format) {
    MultiLayerNetwork network = network(new Vgg4bit(10).width(0.125).format(format));

    INDArray output = network.output(Nd4j.rand(2, 3, 32, 32));

    assertArrayEquals(new long[] {2, 10}, output.shape());
    assertEquals(2, output.sumNumber().doubleValue(), 1e-5);
  }

  /** As a graph it is the same network: it starts, trains and predicts alike, to the bit. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void asAGraphItIsTheSame(Precision precision) {
    Vgg4bit vgg = new Vgg4bit(10).width(0.125).precision(precision);
    MultiLayerNetwork network = network(vgg);
    ComputationGraph graph = new ComputationGraph(vgg.graphConfiguration());
    graph.init();
    network.addListeners(PaperRecipe.standard().gradientClipping(), new EpochSeeding(1));
    graph.addListeners(PaperRecipe.standard().gradientClipping(), new EpochSeeding(1));

    assertArrayEquals(floats(network.params()), floats(graph.params()));
    INDArray images = Nd4j.randn(DataType.FLOAT, 6, 3, 32, 32);
    DataSet batch =
        new DataSet(images, Nd4j.eye(10).castTo(DataType.FLOAT).getRows(0, 1, 2, 3, 4, 5));
    network.fit(new ListDataSetIterator<>(batch.asList(), 3), 2);
    graph.fit(new ListDataSetIterator<>(batch.asList(), 3), 2);

    assertArrayEquals(floats(network.params()), floats(graph.params()));
    assertArrayEquals(floats(network.output(images)), floats(graph.outputSingle(images)));
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  @Test
  void survivesJson() {
    MultiLayerConfiguration conf =
        new Vgg4bit(10)
            .quantization(WeightQuantization.PAPER.withBits(3).withSoftClip(0))
            .dropout(0.25)
            .configuration();

    assertEquals(conf, MultiLayerConfiguration.fromJson(conf.toJson()));
  }

  @Test
  void refusesWhatMakesNoNetwork() {
    assertThrows(IllegalArgumentException.class, () -> new Vgg4bit(1));
    assertThrows(IllegalArgumentException.class, () -> new Vgg4bit(10).width(0));
    assertThrows(IllegalArgumentException.class, () -> new Vgg4bit(10).dropout(1));
  }
}
