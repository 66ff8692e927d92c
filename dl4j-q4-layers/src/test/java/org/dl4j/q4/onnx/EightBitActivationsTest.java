package org.dl4j.q4.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import onnx.Onnx.NodeProto;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.quant.ActivationRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Where activations are rounded; the benchmarks run such graphs in ONNX Runtime. */
class EightBitActivationsTest {

  private static final InputType IMAGES = InputType.convolutional(8, 6, 2);
  private static final ActivationRange ANY = new ActivationRange(-1, 1.55f);

  @TempDir private Path folder;

  private OnnxFile export(Model network, Map<String, ActivationRange> ranges) throws IOException {
    return OnnxFile.of(OnnxExport.builder().eightBitActivations(ranges).build(), network, folder);
  }

  private static MultiLayerNetwork network(Layer... layers) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .activation(Activation.IDENTITY)
                .list(layers)
                .setInputType(IMAGES)
                .build());
    network.init();
    return network;
  }

  private static Layer convolution(String name) {
    return new Q4ConvolutionLayer.Builder(3, 3).name(name).nOut(2).padding(1, 1).build();
  }

  private static Layer relu() {
    return new ActivationLayer.Builder().name("relu").activation(Activation.RELU).build();
  }

  private static Layer output() {
    return new Q4OutputLayer.Builder(LossFunction.MSE)
        .name("out")
        .nOut(3)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** All nodes but those that dequantize weights and biases. */
  private static List<String> activations(OnnxFile file) {
    return file.graph().getNodeList().stream()
        .filter(node -> !node.getName().matches(".*/[Wb]"))
        .map(NodeProto::getOpType)
        .collect(Collectors.toList());
  }

  private static List<String> inputs(OnnxFile file, String node) {
    return file.graph().getNodeList().stream()
        .filter(it -> it.getName().equals(node))
        .findFirst()
        .orElseThrow(() -> new AssertionError(node + " in " + file.graph()))
        .getInputList();
  }

  @Test
  void aPairBeforeEachProductAndOnBothSidesOfWhatPassesOn() throws IOException {
    MultiLayerNetwork network =
        network(
            convolution("conv"),
            new FastBatchNormalization.Builder().relu(true).build(), // becomes the convolution's
            new SubsamplingLayer.Builder().name("pool").kernelSize(2, 2).stride(2, 2).build(),
            new Q4DenseLayer.Builder().name("dense").nOut(5).activation(Activation.RELU).build(),
            new DropoutLayer.Builder(0.5).name("dropout").build(),
            output());

    OnnxFile file =
        export(
            network,
            Map.of(
                "input", ANY,
                "conv", new ActivationRange(0, 5.1f),
                "pool", new ActivationRange(0.3f, 4), // not used: the codes stay what they are
                "dense", new ActivationRange(0, 2.55f),
                "dropout", new ActivationRange(0, 2.55f)));

    String[] pair = {"QuantizeLinear", "DequantizeLinear"};
    assertEquals(
        List.of(
            pair[0], pair[1], "Conv", "Relu", pair[0], pair[1], "MaxPool", pair[0], pair[1],
            "Flatten", pair[0], pair[1], "Gemm", "Relu", pair[0], pair[1], "Gemm"),
        activations(file));
    for (String edge : List.of("conv/relu", "pool/pool", "dense/flatten")) {
      assertArrayEquals(new float[] {0.02f}, file.floats(edge + "_scale"), 1e-8f);
    }
    assertArrayEquals(new float[] {0.01f}, file.floats("dense/relu_scale"), 1e-8f);
    assertEquals(List.of("out"), file.outputs());
    assertEquals("Gemm", file.graph().getNode(file.graph().getNodeCount() - 1).getOpType());
  }

  @Test
  void aReLUOfItsOwnIsDoneByTheRounding() throws IOException {
    OnnxFile file =
        export(
            network(convolution("conv"), relu(), output()),
            Map.of("input", ANY, "conv", ANY, "relu", ANY));

    assertEquals(List.of("conv/conv"), inputs(file, "relu/relu"));
    assertEquals("relu/relu", inputs(file, "relu/relu_codes").get(0));
  }

  @Test
  void aSumOfConvolutionsReadsWhatIsRounded() throws IOException {
    GraphBuilder configuration =
        new NeuralNetConfiguration.Builder()
            .activation(Activation.IDENTITY)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(IMAGES)
            .addLayer("a", convolution("a"), "in")
            .addLayer("b", convolution("b"), "a")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
            .addLayer("relu", relu(), "sum")
            .addLayer("out", output(), "relu")
            .setOutputs("out", "a");
    ComputationGraph graph = new ComputationGraph(configuration.build());
    graph.init();

    OnnxFile file = export(graph, Map.of("in", ANY, "a", ANY, "b", ANY, "relu", ANY));

    assertEquals("a", inputs(file, "a/conv_codes").get(0));
    assertEquals(List.of("a/conv_rounded", "b/conv_rounded"), inputs(file, "sum/add"));
    assertEquals(List.of("sum/add"), inputs(file, "relu/relu"));
    assertEquals(List.of("out", "a"), file.outputs()); // as it is, not as others read it
  }

  @Test
  void aConvolutionAtTheEndIsNotRounded() throws IOException {
    GraphBuilder configuration =
        new NeuralNetConfiguration.Builder()
            .activation(Activation.IDENTITY)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(IMAGES)
            .addLayer("conv", convolution("conv"), "in")
            .setOutputs("conv");
    ComputationGraph graph = new ComputationGraph(configuration.build());
    graph.init();

    assertEquals(
        List.of("QuantizeLinear", "DequantizeLinear", "Conv"),
        activations(export(graph, Map.of("in", ANY))));
  }

  @Test
  void aMissingRangeIsNamed() {
    MultiLayerNetwork network = network(convolution("conv"), output());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> export(network, Map.of("input", ANY, "pool", ANY)))
            .getMessage();
    assertTrue(
        message.startsWith("Expected a range of the activations of conv, ")
            && message.endsWith("found ranges of [input, pool]"),
        message);
    assertTrue(Arrays.asList(folder.toFile().list()).isEmpty());
  }
}
