package org.dl4j.q4.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.convert.BatchNormEstimation;
import org.dl4j.q4.convert.Conversion;
import org.dl4j.q4.convert.Q4Converter;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.layers.FastLayers;
import org.dl4j.q4.quant.Granularity;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A network that was not made for this: the layers of the CIFAR classifier in Deeplearning4j's
 * public examples, with its updater and its batch size. Trained as it is; converted and trained
 * from the same initial weights; and, once trained, quantized without training, with batch norm
 * estimated anew, and fine-tuned.
 */
@Command(
    name = "ConvertPublicCifarClassifier",
    description =
        "Trains the CIFAR classifier of Deeplearning4j's examples at full precision and, converted,"
            + " at 4 bits; then quantizes and fine-tunes the trained one.",
    mixinStandardHelpOptions = true)
public final class ConvertPublicCifarClassifier implements Callable<Integer> {

  private static final int BATCH = 96;

  @Mixin private final ExampleImages images = new ExampleImages();

  @Option(names = "--epochs", description = "Passes of training: ${DEFAULT-VALUE} by default.")
  private int epochs = 4;

  @Option(
      names = "--fine-tuning",
      description = "Passes of fine-tuning: ${DEFAULT-VALUE} by default.")
  private int fineTuning = 1;

  @Option(
      names = "--estimate",
      paramLabel = "N",
      description = "Batches to estimate batch norm from: ${DEFAULT-VALUE} by default.")
  private int batches = 20;

  @Option(
      names = "--per-channel",
      description = "A scale for each output channel, not one a layer.")
  private boolean perChannel;

  @Option(names = "--seed", description = "Of weights and images: ${DEFAULT-VALUE} by default.")
  private long seed = 123;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Gets fp32.zip, q4.zip and fine-tuned.zip: ${DEFAULT-VALUE} by default.")
  private Path out = Path.of("q4-out", "cifar-classifier");

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    NativeAllocator.restartTuned();
    System.exit(runExample(args));
  }

  static int runExample(String... args) {
    return Commands.execute(new ConvertPublicCifarClassifier(), args);
  }

  /**
   * The public example's layers: deeplearning4j-examples, quickstart, CIFARClassifier.
   *
   * @param seed of the initial weights
   * @return its configuration
   */
  static MultiLayerConfiguration configuration(long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new AdaDelta())
        .weightInit(WeightInit.XAVIER)
        .list()
        .layer(convolution(3, 32))
        .layer(new BatchNormalization())
        .layer(pooling(SubsamplingLayer.PoolingType.MAX))
        .layer(convolution(1, 16))
        .layer(new BatchNormalization())
        .layer(convolution(3, 64))
        .layer(new BatchNormalization())
        .layer(pooling(SubsamplingLayer.PoolingType.MAX))
        .layer(convolution(1, 32))
        .layer(new BatchNormalization())
        .layer(convolution(3, 128))
        .layer(new BatchNormalization())
        .layer(convolution(1, 64))
        .layer(new BatchNormalization())
        .layer(convolution(1, CifarFormat.CIFAR10.classCount()))
        .layer(new BatchNormalization())
        .layer(pooling(SubsamplingLayer.PoolingType.AVG))
        .layer(
            new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                .name("output")
                .nOut(CifarFormat.CIFAR10.classCount())
                .dropOut(0.8)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(32, 32, 3))
        .build();
  }

  private static ConvolutionLayer convolution(int kernel, int channels) {
    return new ConvolutionLayer.Builder()
        .kernelSize(kernel, kernel)
        .stride(1, 1)
        .padding(1, 1)
        .activation(Activation.LEAKYRELU)
        .nOut(channels)
        .build();
  }

  private static SubsamplingLayer pooling(SubsamplingLayer.PoolingType type) {
    return new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).poolingType(type).build();
  }

  @Override
  public Integer call() throws IOException {
    ImageData data = images.read(CifarFormat.CIFAR10);
    Q4Converter converter =
        Q4Converter.builder()
            .granularity(perChannel ? Granularity.PER_CHANNEL : Granularity.PER_TENSOR)
            .fastKernels()
            .build();
    MultiLayerNetwork fp32 = new MultiLayerNetwork(FastLayers.swap(configuration(seed)));
    fp32.init();
    Conversion<MultiLayerNetwork> conversion = converter.convert(fp32);
    System.out.println(conversion.report());
    MultiLayerNetwork q4 = conversion.result();

    train("full precision", fp32, data, epochs);
    NetworkFiles.save(fp32, out.resolve("fp32.zip"));
    train("4 bits", q4, data, epochs);
    NetworkFiles.save(q4, out.resolve("q4.zip"));

    MultiLayerNetwork quantized = converter.convert(fp32).result();
    print("quantized after training", quantized, data);
    BatchNormEstimation.estimate(quantized, training(data), batches);
    print("with batch norm estimated anew", quantized, data);
    MultiLayerNetwork tuned = converter.convert(fp32).result();
    train("fine-tuned", tuned, data, fineTuning);
    NetworkFiles.save(tuned, out.resolve("fine-tuned.zip"));
    return 0;
  }

  private void train(String name, MultiLayerNetwork network, ImageData data, int passes) {
    ImageSetIterator training = training(data);
    for (int epoch = 1; epoch <= passes; epoch++) {
      network.fit(training);
      print(name + ", epoch " + epoch, network, data);
    }
  }

  private ImageSetIterator training(ImageData data) {
    return ImageSetIterator.training(images.train(data), BATCH, Normalization.CIFAR, seed);
  }

  private void print(String name, MultiLayerNetwork network, ImageData data) {
    ImageSet test = images.test(data);
    double accuracy =
        network.evaluate(ImageSetIterator.evaluation(test, 250, Normalization.CIFAR)).accuracy();
    System.out.printf("%-32s test accuracy %.2f %%%n", name + ':', 100 * accuracy);
  }
}
