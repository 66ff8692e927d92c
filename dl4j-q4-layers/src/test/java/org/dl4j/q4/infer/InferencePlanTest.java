package org.dl4j.q4.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.infer.ActivationFunction.Kind;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class InferencePlanTest {

  @Test
  void batchNormIsFoldedAndDropoutGoneAndActivationsJoinWhatTheyFollow() {
    InferencePlan plan =
        InferencePlan.of(
            network(
                InputType.convolutional(4, 4, 1),
                convolution(2),
                new BatchNormalization(),
                new ActivationLayer(Activation.RELU),
                new DropoutLayer(0.5),
                new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
                output()));
    List<String> kinds =
        plan.operations().stream()
            .map(operation -> operation.getClass().getSimpleName() + " " + operation.activation())
            .collect(Collectors.toList());
    assertEquals(
        List.of(
            "ProductOperation RELU(0.0)",
            "PoolingOperation IDENTITY",
            "ProductOperation IDENTITY",
            "ActivationOperation SOFTMAX"),
        kinds);
    assertEquals(InferencePlan.InputLayout.CHANNELS_FIRST, plan.inputLayout());
    assertEquals(plan.operations().get(3).output(), plan.output());
  }

  @Test
  void anActivationStaysAloneWhereOthersReadWhatItReads() {
    ProductOperation product =
        new ProductOperation(
            "a",
            "input",
            null,
            null,
            ProductWeights.ofValues(new long[] {1, 1}, new float[] {1}),
            null,
            ActivationFunction.IDENTITY);
    ActivationFunction relu =
        ActivationFunction.of(Activation.RELU.getActivationFunction()).orElseThrow();
    ActivationOperation after = new ActivationOperation("b", "a", relu);
    SumOperation sum = new SumOperation("c", List.of("a", "b"), ActivationFunction.IDENTITY);
    assertEquals(3, JoinedActivations.of(List.of(product, after, sum), "c").size());
    List<Operation> joined = JoinedActivations.of(List.of(product, after), "b");
    assertEquals(1, joined.size());
    assertEquals("b", joined.get(0).output());
    assertEquals(Kind.RELU, joined.get(0).activation().kind());
    assertEquals(2, JoinedActivations.of(List.of(product, after), "a").size());
  }

  /** Row o, column (h · W + w) · C + c of the plan is the network's (c · H + h) · W + w. */
  @Test
  void denseWeightsBehindChannelsFirstImagesAreTurned() {
    MultiLayerNetwork network = network(InputType.convolutional(3, 2, 4), convolution(5), output());
    INDArray codes = QuantizedWeights.of(network.getLayer(1)).get("W").codes();
    ProductOperation dense = (ProductOperation) InferencePlan.of(network).operations().get(1);
    byte[] planned = dense.weights().codes();
    int height = 3;
    int width = 2;
    int channels = 5;
    for (int o = 0; o < 3; o++) {
      for (int h = 0; h < height; h++) {
        for (int w = 0; w < width; w++) {
          for (int c = 0; c < channels; c++) {
            int there = (h * width + w) * channels + c;
            long here = ((long) c * height + h) * width + w;
            assertEquals(
                codes.getInt((int) here, o), planned[o * height * width * channels + there]);
          }
        }
      }
    }
  }

  @Test
  void scalesAndCodesAreTheQuantizers() {
    MultiLayerNetwork network = network(InputType.convolutional(3, 2, 4), convolution(5), output());
    ProductWeights planned =
        ((ProductOperation) InferencePlan.of(network).operations().get(0)).weights();
    INDArray codes = QuantizedWeights.of(network.getLayer(0)).get("W").codes();
    byte[] expected = new byte[(int) codes.length()];
    int[] flat = codes.dup('c').reshape(codes.length()).toIntVector();
    for (int i = 0; i < flat.length; i++) {
      expected[i] = (byte) flat[i];
    }
    assertArrayEquals(expected, planned.codes());
    float scale = QuantizedWeights.of(network.getLayer(0)).get("W").scale().getFloat(0);
    assertArrayEquals(new float[] {scale}, planned.scales());
  }

  @Test
  void shapesAreDeeplearning4js() {
    InferencePlan plan =
        InferencePlan.of(network(InputType.convolutional(7, 5, 2), convolution(3), output()));
    assertArrayEquals(new long[] {2, 7, 5}, plan.valueShape(9, 2, 7, 5));
    assertArrayEquals(
        new long[] {3, 7, 5},
        plan.operations().get(0).outputShape(List.of(plan.valueShape(1, 2, 7, 5))));
    assertThrows(IllegalArgumentException.class, () -> plan.valueShape(1, 70));
    assertThrows(
        IllegalArgumentException.class,
        () -> plan.operations().get(0).outputShape(List.of(new long[] {4, 7, 5})));
  }

  @Test
  void flatImagesBecomeImagesAtTheInput() {
    InferencePlan plan =
        InferencePlan.of(network(InputType.convolutionalFlat(6, 5, 2), convolution(3), output()));
    assertEquals(InferencePlan.InputLayout.FEATURES, plan.inputLayout());
    assertArrayEquals(new long[] {2, 6, 5}, plan.valueShape(3, 60));
    assertThrows(IllegalArgumentException.class, () -> plan.valueShape(3, 61));
  }

  @Test
  void whatHasNoOperationIsNamed() {
    MultiLayerConfiguration recurrent =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new LSTM.Builder().name("memory").nOut(3).build())
            .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT).nOut(2).build())
            .setInputType(InputType.recurrent(2))
            .build();
    assertRefused("memory (LSTM)", recurrent);
    DenseLayer cube = new DenseLayer.Builder().nOut(3).activation(Activation.CUBE).build();
    assertRefused("activation cube", configuration(InputType.feedForward(2), cube, output()));
    assertRefused(
        "BatchNormalization",
        configuration(InputType.feedForward(2), new BatchNormalization(), output()));
  }

  private static void assertRefused(String part, MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    String message =
        assertThrows(UnsupportedForInferenceException.class, () -> InferencePlan.of(network))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  private static MultiLayerNetwork network(InputType input, Layer... layers) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(input, layers));
    network.init();
    return network;
  }

  private static MultiLayerConfiguration configuration(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder().seed(1).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return list.setInputType(input).build();
  }

  private static Layer convolution(int channels) {
    return new Q4ConvolutionLayer.Builder(3, 3)
        .padding(1, 1)
        .nOut(channels)
        .dataFormat(CNN2DFormat.NCHW)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static Layer output() {
    return new Q4OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
