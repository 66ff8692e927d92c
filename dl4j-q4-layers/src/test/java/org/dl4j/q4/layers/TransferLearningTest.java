package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.dl4j.q4.layers.ArrayAssert.elements;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J's transfer learning takes 4-bit layers as any others. */
class TransferLearningTest {

  private static final DataSet DATA = SmallNetwork.data(1).get(0);

  @ParameterizedTest
  @MethodSource("quantizations")
  void frozenLayersKeepEveryParameter(WeightQuantization quantization) {
    MultiLayerNetwork trained = trained(quantization);

    MultiLayerNetwork tuned =
        new TransferLearning.Builder(trained)
            .fineTuneConfiguration(fineTune())
            .setFeatureExtractor(3)
            .build();
    assertIdentical("output", trained.output(DATA.getFeatures()), tuned.output(DATA.getFeatures()));
    tuned.fit(DATA);

    trained
        .paramTable()
        .forEach(
            (name, parameter) -> {
              if (name.startsWith("0_") || name.startsWith("1_") || name.endsWith("_s")) {
                assertIdentical(name, parameter, tuned.getParam(name));
              } else {
                assertNotEquals(parameter, tuned.getParam(name), name);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("quantizations")
  void aReplacedLayerStartsAnewTheOthersGoOn(WeightQuantization quantization) {
    MultiLayerNetwork trained = trained(quantization);

    MultiLayerNetwork tuned =
        new TransferLearning.Builder(trained)
            .fineTuneConfiguration(fineTune())
            .nOutReplace(4, 8, WeightInit.XAVIER)
            .build();

    Q4DenseLayer replaced = (Q4DenseLayer) tuned.getLayer(4).conf().getLayer();
    assertEquals(8, replaced.getNOut());
    assertEquals(quantization, replaced.getQuantization());
    assertIdentical(trained.getLayer(0).paramTable(), tuned.getLayer(0).paramTable());
    assertArrayEquals(new long[] {8, 3}, tuned.getParam("5_W").shape());
    if (quantization.getScaleMode() == ScaleMode.FIXED) {
      // New weights, new scale: the old one would not fit them.
      assertArrayEquals(new double[8], elements(tuned.getParam("4_s")));
      assertArrayEquals(new double[3], elements(tuned.getParam("5_s")));
    }
    tuned.fit(DATA);
    if (quantization.getScaleMode() == ScaleMode.FIXED) {
      assertTrue(tuned.getParam("4_s").minNumber().doubleValue() > 0);
      assertIdentical("kept scale", trained.getParam("0_s"), tuned.getParam("0_s"));
    }
  }

  @ParameterizedTest
  @MethodSource("quantizations")
  void layersCanBeRemovedAndAdded(WeightQuantization quantization) {
    MultiLayerNetwork trained = trained(quantization);

    MultiLayerNetwork tuned =
        new TransferLearning.Builder(trained)
            .fineTuneConfiguration(fineTune())
            .removeOutputLayer()
            .addLayer(
                new Q4DenseLayer.Builder()
                    .nIn(5)
                    .nOut(6)
                    .activation(Activation.RELU)
                    .quantization(quantization)
                    .build())
            .addLayer(
                new Q4OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(6)
                    .nOut(2)
                    .quantization(quantization)
                    .build())
            .build();
    tuned.fit(DATA.getFeatures(), Nd4j.eye(2).castTo(DataType.FLOAT).getRows(0, 1, 1, 0));

    assertArrayEquals(new long[] {4, 2}, tuned.output(DATA.getFeatures()).shape());
    assertTrue(Double.isFinite(tuned.score()));
  }

  @Test
  void graphsToo() {
    ComputationGraph trained = trained(WeightQuantization.PAPER).toComputationGraph();
    String first = trained.getConfiguration().getTopologicalOrderStr().get(1);
    INDArray before = trained.getLayer(first).getParam("W").dup();

    ComputationGraph tuned =
        new TransferLearning.GraphBuilder(trained)
            .fineTuneConfiguration(fineTune())
            .setFeatureExtractor(first)
            .build();
    assertIdentical(
        "output", trained.outputSingle(DATA.getFeatures()), tuned.outputSingle(DATA.getFeatures()));
    tuned.fit(DATA);

    assertIdentical("frozen", before, tuned.getLayer(first).getParam("W"));
    assertNotEquals(trained.params(), tuned.params());
  }

  static Stream<WeightQuantization> quantizations() {
    return Stream.of(
        WeightQuantization.PAPER,
        WeightQuantization.PAPER
            .withScaleMode(ScaleMode.FIXED)
            .withGranularity(Granularity.PER_CHANNEL));
  }

  private static MultiLayerNetwork trained(WeightQuantization quantization) {
    MultiLayerNetwork network =
        SmallNetwork.create(
            new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)), quantization);
    List.of(DATA, DATA).forEach(network::fit);
    return network;
  }

  private static FineTuneConfiguration fineTune() {
    return new FineTuneConfiguration.Builder().updater(new Sgd(0.2)).seed(3).build();
  }
}
