package org.dl4j.q4.stats;

import java.util.Collections;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks of two 4-bit layers, and data for them: 4 features, 2 outputs. */
public final class StatsNetworks {

  private StatsNetworks() {}

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.DOUBLE)
        .seed(11)
        .updater(new Sgd(0.1));
  }

  private static Q4DenseLayer dense() {
    return new Q4DenseLayer.Builder()
        .nIn(4)
        .nOut(8)
        .activation(Activation.TANH)
        .softClip(0.5)
        .build();
  }

  private static Q4OutputLayer output() {
    return new Q4OutputLayer.Builder(LossFunction.MSE)
        .nIn(8)
        .nOut(2)
        .activation(Activation.IDENTITY)
        .softClip(0.5)
        .build();
  }

  /**
   * @return a new network, always the same
   */
  public static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(builder().list().layer(dense()).layer(output()).build());
    network.init();
    return network;
  }

  /**
   * @return the same as a graph, its layers "first" and "second"
   */
  public static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", dense(), "in")
                .addLayer("second", output(), "first")
                .setOutputs("second")
                .build());
    graph.init();
    return graph;
  }

  /**
   * @return a batch of 6
   */
  public static DataSet batch() {
    INDArray features = Nd4j.linspace(DataType.DOUBLE, -1, 2.0 / 23, 24).reshape(6, 4);
    INDArray labels = Nd4j.linspace(DataType.DOUBLE, 1, -1.0 / 11, 12).reshape(6, 2);
    return new DataSet(features, labels);
  }

  /**
   * @param batches in an epoch
   * @return always the same batch
   */
  public static DataSetIterator batches(int batches) {
    return new ListDataSetIterator<>(Collections.nCopies(6 * batches, one()), 6);
  }

  private static DataSet one() {
    return batch().get(1);
  }
}
