package org.dl4j.q4.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4DepthwiseConvolution2D;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.quant.NonFiniteWeightException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What cannot be written is named, and an older file stays. */
class OnnxErrorsTest {

  private static final InputType IMAGES = InputType.convolutional(8, 8, 2);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void anOlderFile() throws IOException {
    file = Files.writeString(folder.resolve("network.onnx"), "older");
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        Arguments.of(
            new Q4DepthwiseConvolution2D.Builder(3, 3).name("deep").depthMultiplier(1).build(),
            "Layer deep (Q4DepthwiseConvolution2D) cannot be written to ONNX; supported"),
        Arguments.of(
            new DenseLayer.Builder().name("normed").nOut(3).hasLayerNorm(true).build(),
            "Layer normed (DenseLayer) cannot be written to ONNX with layer normalization"),
        Arguments.of(
            new DenseLayer.Builder()
                .name("rational")
                .nOut(3)
                .activation(Activation.RATIONALTANH)
                .build(),
            "Layer rational (DenseLayer) cannot be written to ONNX with activation rationaltanh"),
        Arguments.of(
            new ActivationLayer.Builder().name("soft").activation(Activation.SOFTMAX).build(),
            "Layer soft (ActivationLayer) cannot be written to ONNX with softmax of images"),
        Arguments.of(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.PNORM)
                .name("norm")
                .pnorm(2)
                .build(),
            "Layer norm (SubsamplingLayer) cannot be written to ONNX with pooling type PNORM"),
        Arguments.of(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .name("spread")
                .dilation(1, 2)
                .build(),
            "Layer spread (SubsamplingLayer) cannot be written to ONNX with a dilation"),
        Arguments.of(
            new GlobalPoolingLayer.Builder(PoolingType.MAX).collapseDimensions(false).build(),
            "Layer layer0 (GlobalPoolingLayer) cannot be written to ONNX with"
                + " collapseDimensions(false)"),
        Arguments.of(
            new ConvolutionLayer.Builder(3, 3)
                .name("wide")
                .nOut(2)
                .stride(2, 1)
                .dilation(2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .build(),
            "Layer wide (ConvolutionLayer) cannot be written to ONNX with ConvolutionMode.Same"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void isNamed(Layer layer, String message) throws IOException {
    assertUnsupported(network(IMAGES, layer, output()), message);
  }

  private static MultiLayerNetwork network(InputType input, Layer... layers) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder().list(layers).setInputType(input).build());
    network.init();
    return network;
  }

  private static Layer output() {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nOut(2)
        .activation(Activation.IDENTITY)
        .build();
  }

  private void assertUnsupported(Model network, String message) throws IOException {
    UnsupportedInOnnxException failure =
        assertThrows(
            UnsupportedInOnnxException.class, () -> OnnxExport.standard().write(network, file));
    assertTrue(failure.getMessage().startsWith(message), failure.getMessage());
    assertNothingWritten();
  }

  private void assertNothingWritten() throws IOException {
    assertEquals("older", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void sequencesAreNot() throws IOException {
    assertUnsupported(
        network(
            InputType.recurrent(3),
            new LSTM.Builder().name("memory").nOut(4).build(),
            new RnnOutputLayer.Builder(LossFunction.MSE).nOut(2).build()),
        "Layer memory (LSTM) cannot be written to ONNX; supported");
  }

  /** A batch norm takes images and vectors. */
  @Test
  void anInputThatMayBeAnything() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list(new BatchNormalization.Builder().nIn(3).nOut(3).build())
                .build());
    network.init();
    assertUnsupported(network, "Input input cannot be written to ONNX: no layer behind it tells");
  }

  @Test
  void verticesAreNamed() throws IOException {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(3))
                .addVertex("unit", new L2NormalizeVertex(), "in")
                .addLayer("out", output(), "unit")
                .setOutputs("out")
                .build());
    graph.init();

    assertUnsupported(
        graph, "Vertex unit (L2NormalizeVertex) cannot be written to ONNX; supported");
  }

  @Test
  void aNetworkWithoutParameters() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list(new DenseLayer.Builder().nIn(2).nOut(2).build())
                .build());
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> OnnxExport.standard().write(network, file))
            .getMessage();
    assertTrue(message.contains("init()"), message);
    assertNothingWritten();
  }

  @Test
  void weightsThatAreNoNumbers() throws IOException {
    MultiLayerNetwork network =
        network(
            InputType.feedForward(2), new Q4OutputLayer.Builder(LossFunction.MSE).nOut(2).build());
    network.params().putScalar(0, Float.NaN);
    assertThrows(NonFiniteWeightException.class, () -> OnnxExport.standard().write(network, file));
    assertNothingWritten();
  }

  @Test
  void aSizeOfNothing() {
    OnnxExport.Builder builder = OnnxExport.builder();
    String message =
        assertThrows(IllegalArgumentException.class, () -> builder.imageSize(0, 3)).getMessage();
    assertTrue(message.contains("0×3"), message);
  }
}
