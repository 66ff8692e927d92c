package org.dl4j.q4.onednn.infer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.infer.Calibration;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.Granularity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks off the beaten track, against Deeplearning4j's own output. */
class UnusualNetworksTest {

  private static final double ROUNDING = 1e-5;

  @BeforeAll
  static void onlyWithOneDnn() {
    assumeTrue(Engine.problem().isEmpty(), () -> Engine.problem().orElseThrow());
  }

  /** A dense layer reads the features that a convolution reads as images. */
  @Test
  void flatImagesAreReadAsImagesAndAsFeatures() {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .graphBuilder()
            .addInputs("input")
            .setInputTypes(InputType.convolutionalFlat(6, 5, 2));
    builder.addLayer("conv", convolution().build(), "input");
    builder.addLayer("a", dense(7), "conv");
    builder.addLayer("b", new Q4DenseLayer.Builder().nIn(60).nOut(7).build(), "input");
    builder.addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b");
    builder.addLayer("output", output(), "sum");
    ComputationGraph graph = new ComputationGraph(builder.setOutputs("output").build());
    graph.init();
    INDArray input = Nd4j.rand(4, 60);
    try (InferenceEngine engine = InferenceEngine.builder(graph).build()) {
      assertClose(graph.outputSingle(input), engine.output(input));
    }
  }

  @Test
  void stridesBeyondTheKernelBeginWhereDeeplearning4jBegins() {
    MultiLayerNetwork network =
        network(convolution().convolutionMode(ConvolutionMode.Same).stride(2, 2).build(), 8, 8);
    INDArray images = Nd4j.rand(3, 2, 8, 8);
    try (InferenceEngine engine = InferenceEngine.builder(network).build()) {
      assertClose(network.output(images), engine.output(images));
    }
  }

  @Test
  void imagesOfAnotherShapeAndTheSameSizeAreRefused() {
    MultiLayerNetwork network = network(convolution().build(), 12, 8);
    try (InferenceEngine engine = InferenceEngine.builder(network).build()) {
      INDArray turned = Nd4j.rand(1, 2, 8, 12);
      String message =
          assertThrows(IllegalArgumentException.class, () -> engine.output(turned)).getMessage();
      assertTrue(message.contains("expected [3, 12, 8], found [3, 8, 12]"), message);
    }
  }

  @Test
  void moreShapesThanAreKeptComeAndGo() {
    MultiLayerNetwork network = network(convolution().build(), 8, 8);
    try (InferenceEngine engine = InferenceEngine.builder(network).build()) {
      for (int batch = 1; batch <= 24; batch++) {
        INDArray images = Nd4j.rand(1 + batch % 12, 2, 8, 8);
        assertClose(network.output(images), engine.output(images));
      }
    }
  }

  @Test
  void meansOfWindowsCountPaddingAsTheLayerDoes() {
    for (boolean counts : new boolean[] {false, true}) {
      MultiLayerNetwork network =
          new MultiLayerNetwork(
              new NeuralNetConfiguration.Builder()
                  .seed(5)
                  .list()
                  .layer(convolution().build())
                  .layer(
                      new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                          .kernelSize(3, 3)
                          .stride(2, 2)
                          .padding(1, 1)
                          .avgPoolIncludePadInDivisor(counts)
                          .build())
                  .layer(output())
                  .setInputType(InputType.convolutional(9, 9, 2))
                  .build());
      network.init();
      INDArray images = Nd4j.rand(2, 2, 9, 9);
      try (InferenceEngine engine = InferenceEngine.builder(network).build()) {
        assertClose(network.output(images), engine.output(images));
      }
    }
  }

  @Test
  void frozenLayersPredictAsOthersDo() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(6)
                .list()
                .layer(new FrozenLayer(convolution().build()))
                .layer(new FrozenLayerWithBackprop(dense(9)))
                .layer(output())
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
    network.init();
    INDArray images = Nd4j.rand(3, 2, 6, 6);
    try (InferenceEngine engine = InferenceEngine.builder(network).build()) {
      assertClose(network.output(images), engine.output(images));
    }
  }

  /** Batch norm all but removes a channel: its bias in units of sums is finite, 1 / unit is not. */
  @Test
  void channelsWhoseUnitIsAlmostZeroKeepTheirBias() {
    Q4ConvolutionLayer convolution =
        new Q4ConvolutionLayer.Builder(1, 1)
            .nOut(3)
            .activation(Activation.IDENTITY)
            .granularity(Granularity.PER_CHANNEL)
            .build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .list()
                .layer(convolution)
                .layer(new BatchNormalization())
                .layer(output())
                .setInputType(InputType.convolutional(8, 8, 2))
                .build());
    network.init();
    network.getLayer(1).getParam("gamma").putScalar(1, 1e-36);
    network.getLayer(1).getParam("beta").assign(1e-6);
    INDArray images = Nd4j.rand(5, 2, 8, 8);
    DataSet samples = new DataSet(images, Nd4j.zeros(5, 4));
    try (InferenceEngine engine =
        InferenceEngine.builder(network)
            .integers(Calibration.ranges(network, new ViewIterator(samples, 5), 1))
            .build()) {
      double difference =
          engine.output(images).sub(network.output(images)).amaxNumber().doubleValue();
      assertTrue(difference <= 0.02, "difference " + difference); // of activations in 8 bits
    }
  }

  @Test
  void threadsShareAnEngine() throws Exception {
    MultiLayerNetwork network = network(convolution().build(), 8, 8);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (InferenceEngine engine = InferenceEngine.builder(network).build()) {
      List<Callable<INDArray>> calls = new ArrayList<>();
      List<INDArray> expected = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        INDArray images = Nd4j.rand(1 + i % 5, 2, 8, 8);
        expected.add(network.output(images));
        calls.add(() -> engine.output(images));
      }
      List<Future<INDArray>> results = threads.invokeAll(calls);
      for (int i = 0; i < results.size(); i++) {
        assertClose(expected.get(i), results.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void rangesOfAnotherNetworkAreRefused() {
    InferenceEngine.Builder builder = InferenceEngine.builder(network(convolution().build(), 8, 8));
    Map<String, ActivationRange> other = Map.of("image", new ActivationRange(0, 1));
    String message =
        assertThrows(IllegalArgumentException.class, () -> builder.integers(other)).getMessage();
    assertTrue(message.contains("range of input") && message.contains("[image]"), message);
  }

  private static MultiLayerNetwork network(Q4ConvolutionLayer first, int height, int width) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(4)
                .list()
                .layer(first)
                .layer(output())
                .setInputType(InputType.convolutional(height, width, 2))
                .build());
    network.init();
    return network;
  }

  private static Q4ConvolutionLayer.Builder convolution() {
    return new Q4ConvolutionLayer.Builder(1, 1).nOut(3).activation(Activation.TANH);
  }

  private static Q4DenseLayer dense(int out) {
    return new Q4DenseLayer.Builder().nOut(out).activation(Activation.SIGMOID).build();
  }

  private static Q4OutputLayer output() {
    return new Q4OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(4)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    double difference = actual.sub(expected).amaxNumber().doubleValue();
    assertTrue(difference <= ROUNDING, "difference " + difference);
  }
}
