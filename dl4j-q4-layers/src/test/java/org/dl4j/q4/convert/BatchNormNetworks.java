package org.dl4j.q4.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks with batch norm in them, trained a little so that its parameters are of some value. */
final class BatchNormNetworks {

  private BatchNormNetworks() {}

  static INDArray images(long seed) {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(seed), 8, 2, 6, 6)
        .castTo(DataType.DOUBLE);
  }

  private static INDArray labels() {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(9), 8, 3).castTo(DataType.DOUBLE);
  }

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .dataType(DataType.DOUBLE)
        .activation(Activation.IDENTITY)
        .updater(new Sgd(0.3));
  }

  static ConvolutionLayer convolution(String name, boolean bias) {
    return new ConvolutionLayer.Builder(3, 3)
        .name(name)
        .padding(1, 1)
        .nOut(4)
        .hasBias(bias)
        .build();
  }

  private static Layer output() {
    return new OutputLayer.Builder(LossFunction.MSE)
        .name("output")
        .nOut(3)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** Batch norms of every kind; behind dense layers ours, since the stock one fails in NHWC. */
  static MultiLayerNetwork network(CNN2DFormat format) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            builder()
                .list()
                .layer(convolution("conv1", true))
                .layer(new BatchNormalization.Builder().name("bn1").useLogStd(false).build())
                .layer(new ActivationLayer.Builder().activation(Activation.TANH).build())
                .layer(convolution("conv2", false))
                .layer(new FastBatchNormalization.Builder().relu(true).name("bn2").build())
                .layer(convolution("conv3", true))
                .layer(
                    new BatchNormalization.Builder()
                        .name("bn3")
                        .lockGammaBeta(format == CNN2DFormat.NCHW) // DL4J cannot train it in NHWC
                        .gamma(1.5)
                        .beta(0.2)
                        .build())
                .layer(
                    new DenseLayer.Builder()
                        .name("dense")
                        .nOut(5)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new FastBatchNormalization.Builder().name("bn4").build())
                .layer(
                    new DenseLayer.Builder()
                        .name("tanh")
                        .nOut(5)
                        .activation(Activation.TANH)
                        .build())
                .layer(new FastBatchNormalization.Builder().name("bn5").build())
                .layer(output())
                .setInputType(InputType.convolutional(6, 6, 2, format))
                .build());
    network.init();
    for (int i = 0; i < 3; i++) {
      network.fit(input(format, i), labels());
    }
    return network;
  }

  static INDArray input(CNN2DFormat format, long seed) {
    return format == CNN2DFormat.NCHW ? images(seed) : images(seed).permute(0, 2, 3, 1).dup('c');
  }

  /** A skip around a convolution: bn1 has two readers, conv1 and conv2 one each. */
  static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            builder()
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutional(6, 6, 2))
                .addLayer("conv1", convolution(null, true), "images")
                .addLayer("bn1", new BatchNormalization.Builder().build(), "conv1")
                .addLayer("conv2", convolution(null, false), "bn1")
                .addLayer("bn2", new BatchNormalization.Builder().build(), "conv2")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "bn1", "bn2")
                .addLayer("conv3", convolution(null, true), "sum")
                .addLayer("bn3", new BatchNormalization.Builder().build(), "conv3")
                .addVertex("sum3", new ElementWiseVertex(ElementWiseVertex.Op.Add), "conv3", "bn3")
                .addLayer("output", output(), "sum3")
                .setOutputs("output")
                .build());
    graph.init();
    for (int i = 0; i < 3; i++) {
      graph.fit(new INDArray[] {images(i)}, new INDArray[] {labels()});
    }
    return graph;
  }
}
