package org.dl4j.q4.onednn.infer;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks to run in several ways, their batch norm with statistics of a few training steps. */
final class Networks {

  static final int CHANNELS = 3;
  static final int SIZE = 12;
  private static final int CLASSES = 5;

  private Networks() {}

  /** Of everything that plans have, one after the other. */
  static MultiLayerNetwork chain(CNN2DFormat format, int bits) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Adam(0.01))
                .weightInit(WeightInit.RELU)
                .convolutionMode(ConvolutionMode.Same)
                .list()
                .layer(convolution(3, 6, format, bits).activation(Activation.RELU).build())
                .layer(convolution(3, 8, format, bits).stride(2, 2).build())
                .layer(new BatchNormalization())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(new DropoutLayer(0.5))
                .layer(
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .dataFormat(format)
                        .build())
                .layer(convolution(1, 7, format, bits).activation(Activation.LEAKYRELU).build())
                .layer(
                    new Q4DenseLayer.Builder()
                        .nOut(20)
                        .activation(Activation.RELU6)
                        .bits(bits)
                        .build())
                .layer(
                    new Q4OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .bits(bits)
                        .build())
                .setInputType(InputType.convolutional(SIZE, SIZE, CHANNELS, format))
                .build());
    network.init();
    train(network, format);
    return network;
  }

  /** With a sum, and means over whole images. */
  static ComputationGraph residual(CNN2DFormat format) {
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(8)
            .updater(new Adam(0.01))
            .weightInit(WeightInit.RELU)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("image")
            .setInputTypes(InputType.convolutional(SIZE, SIZE, CHANNELS, format));
    graph.addLayer(
        "first", convolution(3, 8, format, 4).activation(Activation.RELU).build(), "image");
    graph.addLayer("second", convolution(3, 8, format, 4).build(), "first");
    graph.addLayer("norm", new BatchNormalization(), "second");
    graph.addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "norm", "first");
    graph.addLayer("relu", new ActivationLayer(Activation.RELU), "sum");
    graph.addLayer(
        "third", convolution(3, 8, format, 4).activation(Activation.RELU).build(), "relu");
    int[] places = format == CNN2DFormat.NHWC ? new int[] {1, 2} : new int[] {2, 3};
    graph.addLayer(
        "mean",
        new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(places).build(),
        "third");
    graph.addLayer(
        "output",
        new Q4OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .build(),
        "mean");
    ComputationGraph network = new ComputationGraph(graph.setOutputs("output").build());
    network.init();
    train(network, format);
    return network;
  }

  private static void train(Model network, CNN2DFormat format) {
    for (int step = 0; step < 5; step++) {
      INDArray labels = Nd4j.zeros(8, CLASSES);
      for (int i = 0; i < 8; i++) {
        labels.putScalar(i, (i + step) % CLASSES, 1);
      }
      DataSet batch = new DataSet(images(8, format), labels);
      if (network instanceof MultiLayerNetwork) {
        ((MultiLayerNetwork) network).fit(batch);
      } else {
        ((ComputationGraph) network).fit(batch);
      }
    }
  }

  static INDArray images(int batch, CNN2DFormat format) {
    return format == CNN2DFormat.NHWC
        ? Nd4j.randn(batch, SIZE, SIZE, CHANNELS)
        : Nd4j.randn(batch, CHANNELS, SIZE, SIZE);
  }

  private static Q4ConvolutionLayer.Builder convolution(
      int kernel, int channels, CNN2DFormat format, int bits) {
    return new Q4ConvolutionLayer.Builder(kernel, kernel)
        .nOut(channels)
        .dataFormat(format)
        .activation(Activation.IDENTITY)
        .bits(bits);
  }
}
