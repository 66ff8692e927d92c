package org.dl4j.q4.benchmarks.contenders;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** {@code Vgg4bit} as one would write it without this project: Deeplearning4j's layers alone. */
final class StockVgg {

  private static final int[] CHANNELS = {64, 128, 256};
  private static final int HIDDEN = 512;
  private static final double LEARNING_RATE = 1e-3;
  private static final double WEIGHT_DECAY = 5e-4;

  private StockVgg() {}

  static MultiLayerConfiguration configuration() {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(LEARNING_RATE)).list();
    for (int channels : CHANNELS) {
      for (int half = 0; half < 2; half++) {
        list.layer(convolution(channels)).layer(new BatchNormalization()).layer(relu());
      }
      list.layer(
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
              .kernelSize(2, 2)
              .stride(2, 2)
              .build());
    }
    return list.layer(linear())
        .layer(new BatchNormalization())
        .layer(relu())
        .layer(output())
        .setInputType(
            InputType.convolutional(RandomImages.SIZE, RandomImages.SIZE, RandomImages.CHANNELS))
        .build();
  }

  // The decay is set layer by layer: set once for all, Deeplearning4j 1.0.0-M2.1 applies it twice.

  private static Layer convolution(int channels) {
    return new ConvolutionLayer.Builder(3, 3)
        .padding(1, 1)
        .nOut(channels)
        .activation(Activation.IDENTITY)
        .weightInit(WeightInit.RELU)
        .weightDecay(WEIGHT_DECAY)
        .build();
  }

  private static Layer linear() {
    return new DenseLayer.Builder()
        .nOut(HIDDEN)
        .activation(Activation.IDENTITY)
        .weightInit(WeightInit.LECUN_NORMAL)
        .weightDecay(WEIGHT_DECAY)
        .build();
  }

  private static Layer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(RandomImages.CLASSES)
        .activation(Activation.SOFTMAX)
        .weightInit(WeightInit.LECUN_NORMAL)
        .weightDecay(WEIGHT_DECAY)
        .dropOut(0.5)
        .build();
  }

  private static Layer relu() {
    return new ActivationLayer(Activation.RELU);
  }
}
