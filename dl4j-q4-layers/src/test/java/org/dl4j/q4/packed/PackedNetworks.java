package org.dl4j.q4.packed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Small networks for the tests, trained for a few steps so that no parameter is what it began as.
 */
final class PackedNetworks {

  private static final int SIZE = 6;
  private static final int CLASSES = 3;

  private PackedNetworks() {}

  static MultiLayerNetwork network(
      long seed, DataType type, WeightQuantization quantization, int channels) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            builder(seed, type)
                .list()
                .layer(convolution(quantization, channels))
                .layer(new BatchNormalization())
                .layer(new DenseLayer.Builder().nOut(5).activation(Activation.RELU).build())
                .layer(output(quantization))
                .setInputType(InputType.convolutional(SIZE, SIZE, 2))
                .build());
    network.init();
    for (int i = 0; i < 3; i++) {
      network.fit(input(seed + i, type), labels(type));
    }
    return network;
  }

  static ComputationGraph graph(long seed, DataType type, WeightQuantization quantization) {
    ComputationGraph graph =
        new ComputationGraph(
            builder(seed, type)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(SIZE, SIZE, 2))
                .addLayer("conv", convolution(quantization, 4), "in")
                .addLayer("left", dense(quantization), "conv")
                .addLayer("right", dense(quantization), "conv")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "left", "right")
                .addLayer("out", output(quantization), "sum")
                .setOutputs("out")
                .build());
    graph.init();
    for (int i = 0; i < 3; i++) {
      graph.fit(new INDArray[] {input(seed + i, type)}, new INDArray[] {labels(type)});
    }
    return graph;
  }

  /** Made up, in an order that no sorting gives, with the ends of what a FLOAT can be. */
  static Map<String, ActivationRange> ranges() {
    Map<String, ActivationRange> ranges = new LinkedHashMap<>();
    ranges.put("in", new ActivationRange(0, 0.99f));
    ranges.put("conv", new ActivationRange(-2.5f, 3));
    ranges.put("Straße", new ActivationRange(-0f, 0f));
    ranges.put("", new ActivationRange(-Float.MAX_VALUE, -Float.MIN_VALUE));
    ranges.put("a", new ActivationRange(1 / 3f, Math.nextUp(1 / 3f)));
    return ranges;
  }

  static INDArray input(long seed, DataType type) {
    return Nd4j.rand(
            Nd4j.getRandomFactory().getNewRandomInstance(seed), new long[] {4, 2, SIZE, SIZE})
        .castTo(type);
  }

  private static INDArray labels(DataType type) {
    return Nd4j.eye(CLASSES).castTo(type).getRows(0, 1, 2, 1);
  }

  private static NeuralNetConfiguration.Builder builder(long seed, DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .dataType(type)
        .updater(new Adam(0.02))
        .activation(Activation.TANH);
  }

  private static Q4ConvolutionLayer convolution(WeightQuantization quantization, int channels) {
    return new Q4ConvolutionLayer.Builder(3, 3)
        .nOut(channels)
        .activation(Activation.IDENTITY)
        .quantization(quantization)
        .build();
  }

  private static Q4DenseLayer dense(WeightQuantization quantization) {
    return new Q4DenseLayer.Builder().nOut(5).quantization(quantization).build();
  }

  private static Q4OutputLayer output(WeightQuantization quantization) {
    return new Q4OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .quantization(quantization)
        .build();
  }
}
