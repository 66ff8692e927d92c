package org.dl4j.q4.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4j.q4.convert.ConversionReport.Entry;
import org.dl4j.q4.convert.ConversionReport.Outcome;
import org.dl4j.q4.layers.QuantizedLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A graph with a skip and two outputs, its vertices added in another order than they compute. */
class ConvertedGraphTest {

  private static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutional(6, 6, 2))
                .addLayer("kind", output(), "pool")
                .addLayer("pool", new GlobalPoolingLayer.Builder().build(), "sum")
                .addLayer("first", convolution(), "images")
                .addLayer("bn", new BatchNormalization.Builder().build(), "first")
                .addLayer("second", convolution(), "bn")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "bn", "second")
                .addLayer(
                    "hidden",
                    new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build(),
                    "pool")
                .addLayer("colour", output(), "hidden")
                .setOutputs("kind", "colour")
                .build());
    graph.init();
    return graph;
  }

  private static ConvolutionLayer convolution() {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(4)
        .padding(1, 1)
        .activation(Activation.TANH)
        .build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nOut(3)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static INDArray random(long seed, long... shape) {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(seed), shape)
        .castTo(DataType.DOUBLE);
  }

  private static void fit(ComputationGraph graph) {
    graph.fit(
        new INDArray[] {random(1, 4, 2, 6, 6)}, new INDArray[] {random(2, 4, 3), random(3, 4, 3)});
  }

  private static List<String> names(ConversionReport report, Outcome outcome) {
    return report.entries(outcome).stream().map(Entry::name).collect(Collectors.toList());
  }

  @Test
  void swapsTheLayersOfAGraph() {
    ComputationGraph graph = graph();
    fit(graph);

    Conversion<ComputationGraph> conversion = Q4Converter.standard().convert(graph);

    assertEquals(5, conversion.report().entries(Outcome.SWAPPED).size());
    ComputationGraph q4 = conversion.result();
    assertTrue(q4.getLayer("second").conf().getLayer() instanceof QuantizedLayer);
    assertEquals(graph.params(), q4.params());
    assertEquals(graph.getUpdater().getStateViewArray(), q4.getUpdater().getStateViewArray());
    INDArray images = random(1, 4, 2, 6, 6);
    INDArray[] expected =
        Q4Converter.toFullPrecision(q4, FullPrecisionWeights.QUANTIZED).result().output(images);
    for (int i = 0; i < 2; i++) {
      assertEquals(0, expected[i].distance2(q4.output(images)[i]), 1e-14);
    }
  }

  @Test
  void saysThatAVertexIsLeft() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("words")
                .setInputTypes(InputType.recurrent(3, 5))
                .addVertex(
                    "attention",
                    new AttentionVertex.Builder()
                        .nInKeys(3)
                        .nInValues(3)
                        .nInQueries(3)
                        .nOut(4)
                        .nHeads(2)
                        .projectInput(true)
                        .build(),
                    "words",
                    "words",
                    "words")
                .addLayer("rnn", new SimpleRnn.Builder().nOut(3).build(), "attention")
                .setOutputs("rnn")
                .build());
    graph.init();
    graph.params().muli(1.25); // not those of its seed

    Conversion<ComputationGraph> conversion = Q4Converter.standard().convert(graph);

    assertEquals(graph.params(), BatchNormFolding.fold(graph).result().params());
    assertEquals(List.of("attention"), names(conversion.report(), Outcome.UNSUPPORTED));
    assertEquals(List.of("rnn"), names(conversion.report(), Outcome.SWAPPED));
    assertEquals(graph.params(), conversion.result().params());
  }

  /** By the order of computation, not of the configuration. */
  @Test
  void firstAndLastAreThoseThatComputeFirstAndLast() {
    ConversionReport report =
        Q4Converter.builder().keepFirst().keepLast().build().convert(graph()).report();

    assertEquals(List.of("first", "colour"), names(report, Outcome.KEPT));
  }

  @Test
  void theWayBackTrainsOnAsTheGraphItself() {
    ComputationGraph graph = graph();
    fit(graph);

    ComputationGraph back =
        Q4Converter.toFullPrecision(
                Q4Converter.standard().convert(graph).result(), FullPrecisionWeights.FLOAT)
            .result();

    assertEquals(graph.getConfiguration(), back.getConfiguration());
    fit(graph);
    fit(back);
    assertEquals(graph.params(), back.params());
  }
}
