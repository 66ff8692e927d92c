package org.dl4j.q4.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * From a stock full-precision network in Deeplearning4j's zip to a 4-bit one: the same layers at 4
 * bits take over the float weights, and a few epochs at a low learning rate win back what rounding
 * them costs. Then, if asked to, the 4-bit features stay as they are and learn to serve other
 * classes, by Deeplearning4j's own {@link TransferLearning}.
 */
@Command(
    name = "TransferLearningFromFp32",
    description =
        "Turns the saved full-precision network of SwapLayersByHand into a 4-bit one and"
            + " fine-tunes it.",
    mixinStandardHelpOptions = true)
public final class TransferLearningFromFp32 implements Callable<Integer> {

  @Mixin private final ExampleImages images = new ExampleImages();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Zip of a network like SwapLayersByHand.before(). Without one, the example first trains"
              + " such a network and saves it as fp32.zip.")
  private Path from;

  @Option(
      names = "--fp32-epochs",
      description = "Passes of the full-precision training: ${DEFAULT-VALUE} by default.")
  private int fp32Epochs = 6;

  @Option(names = "--epochs", description = "Passes of fine-tuning: ${DEFAULT-VALUE} by default.")
  private int epochs = 3;

  @Option(
      names = "--lr",
      description = "Learning rate of fine-tuning: ${DEFAULT-VALUE} by default.")
  private double learningRate = 1e-4;

  @Option(
      names = "--new-head",
      description = "Afterwards train a new output layer for 20 classes, on images it draws.")
  private boolean newHead;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Gets fp32.zip, q4.zip and new-head.zip: ${DEFAULT-VALUE} by default.")
  private Path out = Path.of("q4-out", "transfer-learning");

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    NativeAllocator.restartTuned();
    System.exit(runExample(args));
  }

  static int runExample(String... args) {
    return Commands.execute(new TransferLearningFromFp32(), args);
  }

  @Override
  public Integer call() throws Exception {
    ImageData data = images.read(CifarFormat.CIFAR10);
    Path zip = from != null ? from : trainFp32(data);
    MultiLayerNetwork fp32 = load(zip);
    MultiLayerNetwork q4 = new MultiLayerNetwork(SwapLayersByHand.after());
    q4.init();
    requireSameParameters(zip, fp32, q4);
    q4.setParams(fp32.params());
    print("full precision", fp32, data);
    print("4 bits, as converted", q4, data);

    q4.setLearningRate(learningRate);
    q4.fit(training(data), epochs);
    print("4 bits, fine-tuned", q4, data);
    NetworkFiles.save(q4, out.resolve("q4.zip"));

    if (newHead) {
      trainNewHead(q4);
    }
    return 0;
  }

  private Path trainFp32(ImageData data) throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(SwapLayersByHand.before());
    network.init();
    network.fit(training(data), fp32Epochs);
    Path zip = out.resolve("fp32.zip");
    NetworkFiles.save(network, zip);
    return zip;
  }

  private static MultiLayerNetwork load(Path zip) {
    try {
      return MultiLayerNetwork.load(zip.toFile(), false);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          zip + ": expected the zip of a MultiLayerNetwork, as its save() writes it: " + e, e);
    }
  }

  /** 4-bit layers have their parents' parameters, in the same order and of the same shapes. */
  private static void requireSameParameters(
      Path zip, MultiLayerNetwork fp32, MultiLayerNetwork q4) {
    String found = shapes(fp32);
    String expected = shapes(q4);
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          zip
              + ": expected a network with the parameters "
              + expected
              + ", found "
              + found
              + "; for another network, write its 4-bit counterpart as SwapLayersByHand does");
    }
  }

  private static String shapes(MultiLayerNetwork network) {
    StringBuilder shapes = new StringBuilder();
    for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
      shapes
          .append(shapes.length() == 0 ? "" : ", ")
          .append(parameter.getKey())
          .append(' ')
          .append(Arrays.toString(parameter.getValue().shape()));
    }
    return shapes.toString();
  }

  private void trainNewHead(MultiLayerNetwork q4) throws IOException {
    ImageData data = images.draw(CifarFormat.CIFAR100_COARSE);
    int dense = q4.getnLayers() - 2;
    MultiLayerNetwork network =
        new TransferLearning.Builder(q4)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Adam(1e-3)).seed(1).build())
            .setFeatureExtractor(dense) // it and all layers before it are frozen
            .removeOutputLayer()
            .addLayer(
                new Q4OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(q4.layerSize(dense))
                    .nOut(CifarFormat.CIFAR100_COARSE.classCount())
                    .weightInit(WeightInit.XAVIER)
                    .build())
            .build();
    network.fit(training(data), epochs);
    print("new head for 20 classes", network, data);
    NetworkFiles.save(network, out.resolve("new-head.zip"));
  }

  private ImageSetIterator training(ImageData data) {
    return ImageSetIterator.training(images.train(data), 64, Normalization.CIFAR, 1);
  }

  private void print(String name, MultiLayerNetwork network, ImageData data) {
    ImageSet test = images.test(data);
    double accuracy =
        network.evaluate(ImageSetIterator.evaluation(test, 250, Normalization.CIFAR)).accuracy();
    System.out.printf("%-24s test accuracy %.2f %%%n", name + ':', 100 * accuracy);
  }
}
