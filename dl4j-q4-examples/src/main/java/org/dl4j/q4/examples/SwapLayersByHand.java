package org.dl4j.q4.examples;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * An ordinary Deeplearning4j network and its 4-bit counterpart, side by side: {@link #before()} and
 * {@link #after()} differ in class names alone. Both are trained on the same synthetic images.
 */
@Command(
    name = "SwapLayersByHand",
    description =
        "Trains a LeNet-like network before and after swapping its layers for 4-bit ones.",
    mixinStandardHelpOptions = true)
public final class SwapLayersByHand implements Callable<Integer> {

  @Option(names = "--epochs", description = "Passes over the images: ${DEFAULT-VALUE} by default.")
  private int epochs = 5;

  @Option(names = "--images", description = "Training images: ${DEFAULT-VALUE} by default.")
  private int images = 4000;

  @Option(
      names = "--data-dir",
      description = "Where the drawn images are kept: ${DEFAULT-VALUE} by default.")
  private Path dataDir = Path.of("q4-out", "synthetic");

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    NativeAllocator.restartTuned();
    System.exit(runExample(args));
  }

  static int runExample(String... args) {
    return Commands.execute(new SwapLayersByHand(), args);
  }

  /** The network as it was. */
  static MultiLayerConfiguration before() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .list()
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(16).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(32).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new DenseLayer.Builder().nOut(128).build())
        .layer(new OutputLayer.Builder(LossFunction.MCXENT).nOut(10).build())
        .setInputType(InputType.convolutional(32, 32, 3))
        .build();
  }

  /** The same network at 4 bits. */
  static MultiLayerConfiguration after() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .list()
        .layer(new Q4ConvolutionLayer.Builder(5, 5).nOut(16).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new Q4ConvolutionLayer.Builder(5, 5).nOut(32).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new Q4DenseLayer.Builder().nOut(128).build())
        .layer(new Q4OutputLayer.Builder(LossFunction.MCXENT).nOut(10).build())
        .setInputType(InputType.convolutional(32, 32, 3))
        .build();
  }

  @Override
  public Integer call() throws Exception {
    ImageData data =
        ImageData.synthetic(dataDir, CifarFormat.CIFAR10, images, Math.max(images / 4, 100), 1);
    System.out.printf("full precision: test accuracy %.2f %%%n", accuracy(before(), data));
    System.out.printf("4 bits:         test accuracy %.2f %%%n", accuracy(after(), data));
    return 0;
  }

  private double accuracy(MultiLayerConfiguration configuration, ImageData data) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.fit(ImageSetIterator.training(data.train(), 64, Normalization.CIFAR, 1), epochs);
    return 100
        * network
            .evaluate(ImageSetIterator.evaluation(data.test(), 250, Normalization.CIFAR))
            .accuracy();
  }
}
