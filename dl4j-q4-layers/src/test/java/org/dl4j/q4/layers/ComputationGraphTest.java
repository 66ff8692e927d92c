package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.PaperRecipe;
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

/** In a graph the layers compute what they compute in a list. */
class ComputationGraphTest {

  @ParameterizedTest
  @MethodSource("quantizations")
  void aChainTrainsAsTheMultiLayerNetwork(WeightQuantization quantization) {
    MultiLayerNetwork network = SmallNetwork.withPaperRecipe(quantization);
    PaperRecipe recipe = PaperRecipe.standard().withLearningRate(0.01);
    var builder = recipe.apply(new NeuralNetConfiguration.Builder()).graphBuilder().addInputs("in");
    String last = "in";
    int index = 0;
    for (Layer layer : SmallNetwork.layers(quantization)) {
      builder.addLayer("layer" + index, layer, last);
      last = "layer" + index++;
    }
    ComputationGraph graph =
        new ComputationGraph(builder.setOutputs(last).setInputTypes(SmallNetwork.INPUT).build());
    graph.init();
    graph.addListeners(recipe.gradientClipping());
    graph.setParams(network.params().dup());

    for (DataSet data : SmallNetwork.data(3)) {
      INDArray features = data.getFeatures();
      assertIdentical("output", network.output(features), graph.outputSingle(features));
      network.fit(data);
      graph.fit(data);
      assertEquals(network.score(), graph.score());
      assertIdentical("parameters", network.params(), graph.params());
    }
  }

  static Stream<WeightQuantization> quantizations() {
    return Stream.of(
        WeightQuantization.PAPER, WeightQuantization.PAPER.withScaleMode(ScaleMode.FIXED));
  }

  @Test
  void aSkipConnectionTrainsAsTheStockGraphDoes() {
    ComputationGraph fast =
        residual(new FastConvolutionLayer.Builder(3, 3), new FastConvolutionLayer.Builder(3, 3));
    ComputationGraph stock =
        residual(new ConvolutionLayer.Builder(3, 3), new ConvolutionLayer.Builder(3, 3));
    fast.setParams(stock.params().dup());

    for (int i = 0; i < 3; i++) {
      INDArray input = Nd4j.randn(DataType.FLOAT, 4, 2, 5, 5);
      INDArray labels = Nd4j.eye(2).castTo(DataType.FLOAT).getRows(0, 1, 1, 1);
      fast.fit(new INDArray[] {input}, new INDArray[] {labels});
      stock.fit(new INDArray[] {input}, new INDArray[] {labels});
    }

    assertClose("parameters", stock.params(), fast.params(), 1e-4);
  }

  private static <T extends ConvolutionLayer.BaseConvBuilder<T>> ComputationGraph residual(
      T first, T second) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(Networks.SEED)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "first", first.padding(1, 1).nOut(2).activation(Activation.TANH).build(), "in")
                .addLayer(
                    "second",
                    second.padding(1, 1).nOut(2).activation(Activation.IDENTITY).build(),
                    "first")
                .addVertex(
                    "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "first", "second")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "sum")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(5, 5, 2))
                .build());
    graph.init();
    return graph;
  }
}
