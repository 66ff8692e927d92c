package org.dl4j.q4.examples;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.io.AtomicFile;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.samediff.SDQ4;
import org.dl4j.q4.samediff.SoftClipListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A small convolutional network as a SameDiff graph, trained with 4-bit weights. */
@Command(
    name = "SameDiffCnn",
    description = "Trains a small SameDiff CNN at 4 bits on images that it draws.",
    mixinStandardHelpOptions = true)
public final class SameDiffCnn implements Callable<Integer> {

  private static final int CLASSES = 10;

  @Option(names = "--epochs", description = "Passes over the images: ${DEFAULT-VALUE} by default.")
  private int epochs = 5;

  @Option(names = "--images", description = "Training images: ${DEFAULT-VALUE} by default.")
  private int images = 4000;

  @Option(names = "--bits", description = "Bits of a weight, 2 to 8: ${DEFAULT-VALUE} by default.")
  private int bits = 4;

  @Option(
      names = "--data-dir",
      description = "Where the drawn images are kept: ${DEFAULT-VALUE} by default.")
  private Path dataDir = Path.of("q4-out", "synthetic");

  @Option(names = "--save", description = "File for the trained graph.")
  private Path save;

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    NativeAllocator.restartTuned();
    System.exit(runExample(args));
  }

  static int runExample(String... args) {
    return Commands.execute(new SameDiffCnn(), args);
  }

  /** Images [N, 3, 32, 32] in, class probabilities [N, 10] out. */
  static SameDiff network(int bits) {
    Nd4j.getRandom().setSeed(1);
    SameDiff sd = SameDiff.create();
    SDQ4 q4 = new SDQ4(sd, WeightQuantization.PAPER.withBits(bits));
    SDVariable images = sd.placeHolder("images", DataType.FLOAT, -1, 3, 32, 32);
    SDVariable labels = sd.placeHolder("labels", DataType.FLOAT, -1, CLASSES);

    SDVariable block1 = block(sd, q4, "conv1", images, 3, 16);
    SDVariable block2 = block(sd, q4, "conv2", block1, 16, 32);
    SDVariable features = sd.reshape(block2, -1, 32 * 8 * 8);
    SDVariable hidden = sd.nn().relu(linear(sd, q4, "dense1", features, 32 * 8 * 8, 128), 0);
    SDVariable scores = linear(sd, q4, "dense2", hidden, 128, CLASSES);

    sd.nn().softmax("probabilities", scores);
    sd.loss().softmaxCrossEntropy("loss", labels, scores, null).markAsLoss();
    sd.setTrainingConfig(
        TrainingConfig.builder()
            .updater(new Adam(1e-3))
            .dataSetFeatureMapping("images")
            .dataSetLabelMapping("labels")
            .build());
    return sd;
  }

  /** 5×5 convolution, ReLU, 2×2 maximum. */
  private static SDVariable block(
      SameDiff sd, SDQ4 q4, String name, SDVariable input, int in, int out) {
    SDVariable kernel = weights(sd, name, in * 25, 5, 5, in, out);
    SDVariable bias = sd.var(name + ".bias", Nd4j.zeros(DataType.FLOAT, out));
    Conv2DConfig conv = Conv2DConfig.builder().kH(5).kW(5).paddingMode(PaddingMode.SAME).build();
    Pooling2DConfig pool = Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).build();
    return sd.cnn().maxPooling2d(sd.nn().relu(q4.conv2d(name, input, kernel, bias, conv), 0), pool);
  }

  private static SDVariable linear(
      SameDiff sd, SDQ4 q4, String name, SDVariable input, int in, int out) {
    SDVariable bias = sd.var(name + ".bias", Nd4j.zeros(DataType.FLOAT, out));
    return q4.linear(name, input, weights(sd, name, in, in, out), bias);
  }

  private static SDVariable weights(SameDiff sd, String name, int fanIn, long... shape) {
    return sd.var(
        name + ".weights", Nd4j.randn(DataType.FLOAT, shape).muli(Math.sqrt(2.0 / fanIn)));
  }

  @Override
  public Integer call() throws Exception {
    ImageData data =
        ImageData.synthetic(dataDir, CifarFormat.CIFAR10, images, Math.max(images / 4, 100), 1);
    ImageSetIterator train = ImageSetIterator.training(data.train(), 64, Normalization.CIFAR, 1);
    ImageSetIterator test = ImageSetIterator.evaluation(data.test(), 250, Normalization.CIFAR);

    // SameDiff's cache of arrays makes training over an iterator wrong (docs/samediff.md). The name
    // of the property says "disable", its value whether the cache is on.
    System.setProperty(ND4JSystemProperties.SAMEDIFF_MEMORY_CACHE_DISABLE, "false");

    SameDiff sd = network(bits);
    sd.setListeners(new SoftClipListener());
    for (int epoch = 1; epoch <= epochs; epoch++) {
      sd.fit(train, 1);
      Evaluation evaluation = new Evaluation(CLASSES);
      sd.evaluate(test, "probabilities", evaluation);
      System.out.printf("epoch %d: test accuracy %.2f %%%n", epoch, 100 * evaluation.accuracy());
    }
    SDQ4.quantizedWeights(sd)
        .forEach(
            (name, tensor) ->
                System.out.printf(
                    "%s: %d weights on %d of %d levels%n",
                    name, tensor.codes().length(), tensor.levelsUsed(), tensor.histogram().length));
    if (save != null) {
      AtomicFile.write(save, part -> sd.save(part.toFile(), true));
    }
    return 0;
  }
}
