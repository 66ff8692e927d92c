package org.dl4j.q4.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.NodeProto;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.ChannelsLastPreProcessor;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Nodes, edges and shapes; the benchmarks run the graphs in ONNX Runtime. */
class OnnxGraphTest {

  @TempDir private Path folder;

  private OnnxFile export(Model network) throws IOException {
    return OnnxFile.of(OnnxExport.standard(), network, folder);
  }

  private static MultiLayerNetwork images(CNN2DFormat format, boolean channelsLastInside) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .activation(Activation.IDENTITY)
            .list()
            .layer(
                new Q4ConvolutionLayer.Builder(3, 3)
                    .name("conv")
                    .nOut(4)
                    .convolutionMode(ConvolutionMode.Same)
                    .build())
            .layer(new FastBatchNormalization.Builder().relu(true).build())
            .layer(
                new SubsamplingLayer.Builder().name("pool").kernelSize(2, 2).stride(2, 2).build())
            .layer(new Q4DenseLayer.Builder().name("dense").nOut(5).build())
            .layer(new DropoutLayer.Builder(0.5).build())
            .layer(
                new Q4OutputLayer.Builder(LossFunction.MCXENT)
                    .name("classes")
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build());
    if (channelsLastInside) {
      list.inputPreProcessor(0, new ChannelsLastPreProcessor());
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(list.setInputType(InputType.convolutional(8, 6, 2, format)).build());
    network.init();
    return network;
  }

  @Test
  void layersBecomeNodes() throws IOException {
    OnnxFile file = export(images(CNN2DFormat.NCHW, false));

    assertEquals(10, file.model().getIrVersion());
    assertEquals(1, file.model().getOpsetImportCount());
    assertEquals(21, file.model().getOpsetImport(0).getVersion());
    assertEquals(
        List.of(
            "DequantizeLinear",
            "Conv",
            "BatchNormalization",
            "Relu",
            "MaxPool",
            "Flatten",
            "DequantizeLinear",
            "Gemm",
            "DequantizeLinear",
            "Gemm",
            "Softmax"),
        file.operators());
    assertEquals(
        List.of("batch", "2", "height", "width"), OnnxFile.dimensions(file.graph().getInput(0)));
    assertEquals("input", file.graph().getInput(0).getName());
    assertEquals(List.of("classes"), file.outputs());
    assertEquals(List.of("batch", "3"), OnnxFile.dimensions(file.graph().getOutput(0)));
    NodeProto convolution = file.node("Conv");
    assertEquals(List.of(1L, 1L, 1L, 1L), OnnxFile.attribute(convolution, "pads").getIntsList());
  }

  /** The only place where the layout shows is the order of the dense layer's inputs. */
  @Test
  void channelsLastInsideIsOneTranspose() throws IOException {
    OnnxFile file = export(images(CNN2DFormat.NCHW, true));

    NodeProto transpose = file.node("Transpose");
    assertEquals(List.of(0L, 2L, 3L, 1L), OnnxFile.attribute(transpose, "perm").getIntsList());
    assertEquals(transpose.getOutputList(), file.node("Flatten").getInputList());
    assertEquals(
        List.of("batch", "2", "height", "width"), OnnxFile.dimensions(file.graph().getInput(0)));
  }

  @Test
  void aChannelsLastNetworkTakesItsImagesSo() throws IOException {
    OnnxFile file = export(images(CNN2DFormat.NHWC, false));

    assertEquals(
        List.of("batch", "height", "width", "2"), OnnxFile.dimensions(file.graph().getInput(0)));
    assertEquals(
        List.of(0L, 3L, 1L, 2L), OnnxFile.attribute(file.graph().getNode(0), "perm").getIntsList());
  }

  @Test
  void theSizeOfImagesIsWrittenIfAsked() throws IOException {
    OnnxFile file =
        OnnxFile.of(
            OnnxExport.builder().imageSize(8, 6).build(), images(CNN2DFormat.NCHW, false), folder);

    assertEquals(List.of("batch", "2", "8", "6"), OnnxFile.dimensions(file.graph().getInput(0)));
  }

  /** Above stride 1 the padding depends on the size of the images: the runtime works it out. */
  @Test
  void sameWithAStride() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list(
                    new Q4ConvolutionLayer.Builder(3, 3)
                        .nIn(2)
                        .nOut(4)
                        .stride(2, 2)
                        .convolutionMode(ConvolutionMode.Same)
                        .build())
                .build());
    network.init();

    NodeProto convolution = export(network).node("Conv");

    assertEquals("SAME_UPPER", OnnxFile.attribute(convolution, "auto_pad").getS().toStringUtf8());
  }

  /** Two layers of one name, one called as the input is, and one without. */
  @Test
  void namesStayApart() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list(
                    new DenseLayer.Builder().name("input").nIn(2).nOut(2).build(),
                    new DenseLayer.Builder().name("twin").nIn(2).nOut(2).build(),
                    new DenseLayer.Builder().name("twin").nIn(2).nOut(2).build(),
                    new DenseLayer.Builder().nIn(2).nOut(2).build())
                .build());
    network.init();

    assertEquals(List.of("layer3"), export(network).outputs());
  }

  /** An output that other steps use, one that is another's edge, and one that is the input. */
  @Test
  void outputsKeepTheirNames() throws IOException {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(3))
                .addLayer("dense", new DenseLayer.Builder().nOut(3).build(), "in")
                .addLayer("same", new ActivationLayer(Activation.IDENTITY), "dense")
                .addLayer("input-again", new ActivationLayer(Activation.IDENTITY), "in")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "dense", "in")
                .setOutputs("sum", "dense", "same", "input-again")
                .build());
    network.init();

    OnnxFile file = export(network);

    assertEquals("input", file.graph().getInput(0).getName());
    assertEquals(List.of("sum", "dense", "same", "input-again"), file.outputs());
    assertEquals(List.of("dense", "input"), file.node("Add").getInputList());
  }
}
