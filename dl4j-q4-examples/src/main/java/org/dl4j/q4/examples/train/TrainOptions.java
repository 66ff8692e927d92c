package org.dl4j.q4.examples.train;

import java.nio.file.Path;
import java.util.Locale;
import org.dl4j.q4.examples.model.Precision;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.PaperRecipe;
import picocli.CommandLine.Option;

/** The options of {@code train}, checked by {@link #validate()}. */
final class TrainOptions {

  /** Names of {@link Granularity} on the command line. */
  enum GranularityName {
    TENSOR,
    CHANNEL
  }

  /** Names of {@link ScaleMode} on the command line. */
  enum ScaleName {
    DYNAMIC,
    FIXED
  }

  /** Names of kernel sets on the command line. */
  enum KernelsName {
    ND4J,
    F32,
    BF16
  }

  @Option(names = "--model", description = "vgg (default).")
  ModelName model = ModelName.VGG;

  @Option(
      names = "--data",
      description =
          "synthetic (default: images of 10 classes that this program draws), cifar10 or cifar100.")
  DataName data = DataName.SYNTHETIC;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder of the images: train/ and test/ with a folder for each class, or the binary"
              + " batches, or a DL4J base folder. For synthetic: where the drawn images are kept.")
  Path dataDir;

  @Option(
      names = "--precision",
      description =
          "q4 (default) or fp32, the full-precision twin, which has no use for --bits,"
              + " --granularity, --scale and --alpha.")
  Precision precision = Precision.Q4;

  @Option(
      names = "--recipe",
      description =
          "paper (default) or fast: one cycle of the learning rate over the run. Otherwise alike.")
  RecipeName recipe = RecipeName.PAPER;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training images: 4 by default for synthetic, else 150.")
  Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Images a step: 128 by default.")
  int batch = 128;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Highest learning rate: 0.001 by default, 0.003 for the fast recipe.")
  Double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of weights, order, augmentation and drawn images: 1 by default.")
  long seed = 1;

  @Option(
      names = "--width",
      paramLabel = "X",
      description = "Factor on channels and hidden units: 1 by default.")
  double width = 1;

  @Option(names = "--bits", paramLabel = "N", description = "Of a weight, 2 to 8: 4 by default.")
  int bits = 4;

  @Option(names = "--granularity", description = "Of the scale: tensor (default) or channel.")
  GranularityName granularity = GranularityName.TENSOR;

  @Option(names = "--scale", description = "dynamic (default) or fixed.")
  ScaleName scale = ScaleName.DYNAMIC;

  @Option(
      names = "--alpha",
      paramLabel = "X",
      description = "Of the tanh soft clip: 3 by default, 0 turns it off.")
  double alpha = 3;

  @Option(
      names = "--grad-clip",
      paramLabel = "X",
      description = "Largest global norm of the gradient: 0.5 by default, 0 turns it off.")
  double gradClip = PaperRecipe.MAX_GRADIENT_NORM;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Decoupled, on every parameter: 0.0005 by default.")
  double weightDecay = PaperRecipe.WEIGHT_DECAY;

  @Option(
      names = "--kernels",
      description =
          "What the layers compute on: f32 (default: oneDNN), bf16 (oneDNN with products in bf16,"
              + " for CPUs that have AVX512-BF16 or AMX) or nd4j (ND4J's ops). What cannot run here"
              + " is replaced, and the log says so.")
  KernelsName kernels;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      description =
          "Hold out this share of the training images and report on it instead of the test images.")
  double validation;

  @Option(
      names = "--train-limit",
      paramLabel = "N",
      description = "Use N training images, an equal share of each class.")
  Integer trainLimit;

  @Option(
      names = "--test-limit",
      paramLabel = "N",
      description = "Use N test images, an equal share of each class.")
  Integer testLimit;

  @Option(
      names = "--coarse",
      description = "CIFAR-100 with its 20 coarse labels instead of its 100 fine ones.")
  boolean coarse;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Gets metrics.csv, last.zip and best.zip: q4-out by default.")
  Path out = Path.of("q4-out");

  /**
   * @throws IllegalArgumentException if a value is outside its range, saying which and why
   */
  void validate() {
    require(epochs() >= 1, "--epochs must be at least 1", epochs());
    require(batch >= 2, "--batch must be at least 2, since batch norm needs a variance", batch);
    require(
        learningRate() >= 0 && learningRate() < Double.POSITIVE_INFINITY,
        "--lr must be 0 or more",
        learningRate());
    require(gradClip >= 0, "--grad-clip must be positive, or 0 to turn it off", gradClip);
    require(weightDecay >= 0, "--weight-decay must be 0 or more", weightDecay);
    require(
        validation >= 0 && validation < 1,
        "--validation must be a fraction of the training images, from 0 to below 1",
        validation);
    require(data == DataName.CIFAR100 || !coarse, "--coarse needs --data cifar100", data);
    require(
        data == DataName.SYNTHETIC || dataDir != null,
        "--data cifar10 and cifar100 need --data-dir, the folder of the images",
        "none");
    require(width > 0 && width <= 16, "--width must be above 0 and at most 16", width);
    require(bits >= 2 && bits <= 8, "--bits must be from 2 to 8", bits);
    require(
        alpha >= 0 && alpha < Double.POSITIVE_INFINITY,
        "--alpha must be positive, or 0 to turn the soft clip off",
        alpha);
    require(trainLimit == null || trainLimit >= 1, "--train-limit must be at least 1", trainLimit);
    require(testLimit == null || testLimit >= 1, "--test-limit must be at least 1", testLimit);
  }

  private static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + "; got " + found);
    }
  }

  int epochs() {
    return epochs != null ? epochs : data == DataName.SYNTHETIC ? 4 : 150;
  }

  double learningRate() {
    return learningRate != null
        ? learningRate
        : recipe == RecipeName.FAST ? 3e-3 : PaperRecipe.LEARNING_RATE;
  }

  /** Sets the system property that chooses the kernels of networks made from here on. */
  void chooseKernels() {
    if (kernels != null) {
      System.setProperty(Kernels.PROPERTY, kernels.name().toLowerCase(Locale.ROOT));
    }
  }

  WeightQuantization quantization() {
    return new WeightQuantization(
        bits,
        granularity == GranularityName.TENSOR ? Granularity.PER_TENSOR : Granularity.PER_CHANNEL,
        scale == ScaleName.DYNAMIC ? ScaleMode.DYNAMIC : ScaleMode.FIXED,
        alpha);
  }
}
