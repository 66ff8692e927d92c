package org.dl4j.q4.layers;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The paper's VGG in miniature, with every layer of this package, and data for it. */
final class SmallNetwork {

  static final InputType INPUT = InputType.convolutional(6, 6, 2);

  private static final int CLASSES = 3;

  private SmallNetwork() {}

  /** Trained as the paper trains. */
  static MultiLayerNetwork withPaperRecipe(WeightQuantization quantization) {
    PaperRecipe recipe = PaperRecipe.standard().withLearningRate(0.01);
    MultiLayerNetwork network =
        create(recipe.apply(new NeuralNetConfiguration.Builder()), quantization);
    network.addListeners(recipe.gradientClipping());
    return network;
  }

  static MultiLayerNetwork create(
      NeuralNetConfiguration.Builder builder, WeightQuantization quantization) {
    return Networks.of(builder, INPUT, layers(quantization));
  }

  /** Convolution, batch normalization, ReLU, pooling, dense, output. */
  static Layer[] layers(WeightQuantization quantization) {
    return new Layer[] {
      new Q4ConvolutionLayer.Builder(3, 3)
          .padding(1, 1)
          .nOut(4)
          .activation(Activation.IDENTITY)
          .quantization(quantization)
          .build(),
      new FastBatchNormalization.Builder().build(),
      new ActivationLayer(Activation.RELU),
      new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
      new Q4DenseLayer.Builder()
          .nOut(5)
          .activation(Activation.TANH)
          .quantization(quantization)
          .build(),
      new Q4OutputLayer.Builder(LossFunction.MCXENT)
          .nOut(CLASSES)
          .quantization(quantization)
          .build()
    };
  }

  /** Random batches of 4, the same at every call. */
  static List<DataSet> data(int batches) {
    Nd4j.getRandom().setSeed(Networks.SEED);
    List<DataSet> data = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      INDArray labels = Nd4j.eye(CLASSES).castTo(DataType.FLOAT).getRows(0, 1, 2, i % CLASSES);
      data.add(new DataSet(Nd4j.randn(DataType.FLOAT, 4, 2, 6, 6), labels));
    }
    return data;
  }

  static INDArray features() {
    return data(1).get(0).getFeatures();
  }
}
