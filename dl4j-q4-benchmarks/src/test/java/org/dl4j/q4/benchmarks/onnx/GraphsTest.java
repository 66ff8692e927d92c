package org.dl4j.q4.benchmarks.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4j.q4.layers.ChannelsLastPreProcessor;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.onnx.OnnxExport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Vertices, of images in both layouts and of vectors; several inputs and outputs. */
class GraphsTest {

  private static final int HEIGHT = 6;
  private static final int WIDTH = 5;
  private static final int CHANNELS = 2;

  @TempDir private Path folder;

  static Stream<GraphVertex> vertices() {
    return Stream.of(
        new ElementWiseVertex(ElementWiseVertex.Op.Add),
        new ElementWiseVertex(ElementWiseVertex.Op.Average),
        new ElementWiseVertex(ElementWiseVertex.Op.Max),
        new ElementWiseVertex(ElementWiseVertex.Op.Product),
        new MergeVertex());
  }

  @ParameterizedTest
  @MethodSource("vertices")
  void ofImages(GraphVertex vertex) throws Exception {
    for (CNN2DFormat input : CNN2DFormat.values()) {
      GraphBuilder graph =
          graph(InputType.convolutional(HEIGHT, WIDTH, CHANNELS, input))
              .addLayer("a", convolution(), "in")
              .addLayer("b", convolution(), "in")
              .addLayer("c", convolution(), "b")
              .addVertex("vertex", vertex.clone(), "a", "b", "c")
              .addLayer("out", output(), "vertex");
      Trained.assertAgrees(
          network(graph),
          input == CNN2DFormat.NCHW
              ? new long[] {CHANNELS, HEIGHT, WIDTH}
              : new long[] {HEIGHT, WIDTH, CHANNELS});
    }
  }

  @ParameterizedTest
  @MethodSource("vertices")
  void ofVectors(GraphVertex vertex) throws Exception {
    Trained.assertAgrees(
        network(
            graph(InputType.feedForward(7))
                .addLayer("a", dense(), "in")
                .addLayer("b", dense(), "in")
                .addLayer("c", dense(), "b")
                .addVertex("vertex", vertex.clone(), "a", "b", "c")
                .addLayer("out", output(), "vertex")),
        7);
  }

  @Test
  void ofOneOrTwoInputs() throws Exception {
    Trained.assertAgrees(
        network(
            graph(InputType.convolutional(HEIGHT, WIDTH, CHANNELS))
                .addVertex("layout", new PreprocessorVertex(new ChannelsLastPreProcessor()), "in")
                .addLayer("a", convolution(), "layout")
                .addVertex("scaled", new ScaleVertex(0.7), "a")
                .addVertex("shifted", new ShiftVertex(-0.2), "a")
                .addVertex(
                    "difference",
                    new ElementWiseVertex(ElementWiseVertex.Op.Subtract),
                    "scaled",
                    "shifted")
                .addLayer("out", output(), "difference")),
        CHANNELS,
        HEIGHT,
        WIDTH);
  }

  /** The second output is what the first is computed from, and channels-last. */
  @Test
  void severalInputsAndOutputs() throws Exception {
    ComputationGraph network =
        new ComputationGraph(
            Trained.builder()
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("images", "vector")
                .setInputTypes(
                    InputType.convolutional(HEIGHT, WIDTH, CHANNELS, CNN2DFormat.NHWC),
                    InputType.feedForward(3))
                .addLayer("convolution", convolution(), "images")
                .addLayer("dense", dense(), "convolution")
                .addLayer("other", dense(), "vector")
                .addVertex("both", new MergeVertex(), "dense", "other")
                .addLayer("out", output(), "both")
                .addLayer("again", new ActivationLayer(Activation.IDENTITY), "convolution")
                .setOutputs("again", "out")
                .build());
    network.init();
    INDArray images = Trained.random(20, HEIGHT, WIDTH, CHANNELS);
    INDArray vectors = Trained.random(20, 3);
    Path file = folder.resolve("graph.onnx");

    OnnxExport.builder().imageSize(HEIGHT, WIDTH).build().write(network, file);

    INDArray[] ours = network.output(images, vectors);
    try (OnnxModel onnx = new OnnxModel(file)) {
      assertEquals(2, onnx.outputNames().size());
      for (int i = 0; i < 2; i++) {
        assertEquals(
            network.getConfiguration().getNetworkOutputs().get(i), onnx.outputNames().get(i));
        Agreement agreement = new Agreement();
        agreement.add(ours[i], onnx.outputs(Map.of("images", images, "vector", vectors)).get(i));
        assertTrue(
            agreement.largestDifference() < OnnxReport.BOUND,
            () -> "" + agreement.largestDifference());
      }
    }
  }

  private static GraphBuilder graph(InputType input) {
    return Trained.builder()
        .activation(Activation.TANH)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(input)
        .setOutputs("out");
  }

  private static ComputationGraph network(GraphBuilder graph) {
    return new ComputationGraph(graph.build());
  }

  private static Layer convolution() {
    return new Q4ConvolutionLayer.Builder(3, 3)
        .nOut(CHANNELS)
        .convolutionMode(ConvolutionMode.Same)
        .build();
  }

  private static Layer dense() {
    return new Q4DenseLayer.Builder().nOut(6).build();
  }

  private static Layer output() {
    return new Q4OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(Trained.CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
