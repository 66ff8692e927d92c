package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A saved network goes on as if it had never been saved, to the bit, optimizer state included. */
class SavedNetworkTest {

  @ParameterizedTest
  @MethodSource("quantizations")
  void aMultiLayerNetworkGoesOnTraining(WeightQuantization quantization) throws IOException {
    List<DataSet> data = SmallNetwork.data(4);
    MultiLayerNetwork network = SmallNetwork.withPaperRecipe(quantization);
    network.fit(data.get(0));
    network.fit(data.get(1));

    MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(saved(network), true);
    loaded.addListeners(network.getListeners().iterator().next()); // listeners are not saved

    assertEquals(network.getLayerWiseConfigurations(), loaded.getLayerWiseConfigurations());
    assertIdentical(network.paramTable(), loaded.paramTable());
    assertIdentical(
        "output",
        network.output(data.get(2).getFeatures()),
        loaded.output(data.get(2).getFeatures()));
    for (DataSet next : data.subList(2, 4)) {
      network.fit(next);
      loaded.fit(next);
      assertIdentical("parameters", network.params(), loaded.params());
    }
  }

  @ParameterizedTest
  @MethodSource("quantizations")
  void aComputationGraphGoesOnTraining(WeightQuantization quantization) throws IOException {
    List<DataSet> data = SmallNetwork.data(3);
    MultiLayerNetwork source = SmallNetwork.withPaperRecipe(quantization);
    ComputationGraph graph = source.toComputationGraph();
    graph.setListeners(source.getListeners());
    graph.fit(data.get(0));
    graph.fit(data.get(1));

    ComputationGraph loaded = ModelSerializer.restoreComputationGraph(saved(graph), true);
    loaded.setListeners(source.getListeners());

    INDArray features = data.get(2).getFeatures();
    assertIdentical("output", graph.outputSingle(features), loaded.outputSingle(features));
    graph.fit(data.get(2));
    loaded.fit(data.get(2));
    assertIdentical("parameters", graph.params(), loaded.params());
  }

  @Test
  void aNetworkOfFastLayersGoesOnTraining() throws IOException {
    List<DataSet> data = SmallNetwork.data(3);
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder().updater(new Adam(0.01)),
            SmallNetwork.INPUT,
            new FastConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.TANH).build(),
            new FastBatchNormalization.Builder().relu(true).build(),
            new FastSubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
            new FastDenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build(),
            new FastActivationLayer(Activation.RELU),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build());
    network.fit(data.get(0));
    network.fit(data.get(1));

    MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(saved(network), true);

    assertEquals(network.getLayerWiseConfigurations(), loaded.getLayerWiseConfigurations());
    INDArray features = data.get(2).getFeatures();
    assertIdentical("output", network.output(features), loaded.output(features));
    network.fit(data.get(2));
    loaded.fit(data.get(2));
    assertIdentical("parameters", network.params(), loaded.params());
  }

  static Stream<WeightQuantization> quantizations() {
    return Stream.of(
        WeightQuantization.PAPER,
        new WeightQuantization(3, Granularity.PER_CHANNEL, ScaleMode.FIXED, 0.5));
  }

  private static ByteArrayInputStream saved(org.deeplearning4j.nn.api.Model network)
      throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, zip, true);
    return new ByteArrayInputStream(zip.toByteArray());
  }
}
