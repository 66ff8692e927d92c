package org.dl4j.q4.io;

import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.train.OneCycleSchedule;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.linalg.schedule.ScheduleType;

/** A small network that has all that a checkpoint must bring back, and the data to train it on. */
final class DropoutNetwork {

  private DropoutNetwork() {}

  static MultiLayerNetwork fresh() {
    PaperRecipe recipe =
        PaperRecipe.standard()
            .withLearningRate(new OneCycleSchedule(ScheduleType.ITERATION, 0.01, 0.1, 0, 4, 20));
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            recipe
                .apply(new NeuralNetConfiguration.Builder().seed(3))
                .list()
                .layer(
                    new Q4ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new FastBatchNormalization.Builder().relu(true).build())
                .layer(
                    new Q4OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .dropOut(0.5)
                        .build())
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
    network.init();
    return network;
  }

  /** Three batches, the same in every epoch. */
  static DataSetIterator data() {
    INDArray features = Nd4j.arange(24 * 2 * 6 * 6).castTo(DataType.FLOAT).reshape(24, 2, 6, 6);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 24, 3);
    for (int i = 0; i < 24; i++) {
      labels.putScalar(i, i % 3, 1);
    }
    return new ListDataSetIterator<>(
        new DataSet(Transforms.sin(features.mul(0.7)), labels).asList(), 8);
  }
}
