package org.dl4j.q4.ui;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A small 4-bit network and something for it to learn. */
final class Training {

  /** A name from which a careless page would make an image that runs a script. */
  static final String EVIL = "<img src=x onerror=\"window.q4Broken=1\">";

  private Training() {}

  static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Adam(0.01))
                .list()
                .layer(dense("hidden 1", 16, 48))
                .layer(dense(EVIL, 48, 32))
                .layer(
                    new Q4OutputLayer.Builder(LossFunction.MCXENT)
                        .name("output")
                        .nIn(32)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static Q4DenseLayer dense(String name, int inputs, int outputs) {
    return new Q4DenseLayer.Builder()
        .name(name)
        .nIn(inputs)
        .nOut(outputs)
        .activation(Activation.RELU)
        .build();
  }

  /** 32 random points; the class is which of the first three coordinates is the largest. */
  static DataSet batch() {
    INDArray features = Nd4j.randn(32, 16);
    INDArray labels = Nd4j.zeros(32, 3);
    for (int i = 0; i < 32; i++) {
      int best = 0;
      for (int j = 1; j < 3; j++) {
        best = features.getDouble(i, j) > features.getDouble(i, best) ? j : best;
      }
      labels.putScalar(i, best, 1);
    }
    return new DataSet(features, labels);
  }
}
