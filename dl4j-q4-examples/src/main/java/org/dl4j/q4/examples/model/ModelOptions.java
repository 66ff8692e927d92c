package org.dl4j.q4.examples.model;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.util.Locale;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.PaperRecipe;
import picocli.CommandLine.Option;

/**
 * The command line's options of a network and of a step of its training, for every command that
 * trains one; checked by {@link #validate()}.
 */
public final class ModelOptions {

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

  @Option(
      names = "--model",
      description = "vgg (default), vgg-graph (the same as a ComputationGraph) or resnet.")
  private ModelName model = ModelName.VGG;

  @Option(
      names = "--precision",
      description =
          "q4 (default) or fp32, the full-precision twin, which has no use for --bits,"
              + " --granularity, --scale and --alpha.")
  private Precision precision = Precision.Q4;

  @Option(names = "--batch", paramLabel = "N", description = "Images a step: 128 by default.")
  private int batch = 128;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of weights, order, augmentation and drawn images: 1 by default.")
  private long seed = 1;

  @Option(
      names = "--width",
      paramLabel = "X",
      description = "Factor on channels and hidden units: 1 by default.")
  private double width = 1;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description =
          "Probability of dropping a hidden unit: 0.5 by default, 0.2 with train --recipe fast;"
              + " resnet has none.")
  private Double dropout;

  @Option(names = "--bits", paramLabel = "N", description = "Of a weight, 2 to 8: 4 by default.")
  private int bits = 4;

  @Option(names = "--granularity", description = "Of the scale: tensor (default) or channel.")
  private GranularityName granularity = GranularityName.TENSOR;

  @Option(names = "--scale", description = "dynamic (default) or fixed.")
  private ScaleName scale = ScaleName.DYNAMIC;

  @Option(
      names = "--alpha",
      paramLabel = "X",
      description = "Of the tanh soft clip: 3 by default, 0 turns it off.")
  private double alpha = 3;

  @Option(
      names = "--grad-clip",
      paramLabel = "X",
      description = "Largest global norm of the gradient: 0.5 by default, 0 turns it off.")
  private double gradClip = PaperRecipe.MAX_GRADIENT_NORM;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description =
          "Decoupled, on every parameter: 0.0005 by default, 0.05 with train --recipe fast.")
  private Double weightDecay;

  @Option(
      names = "--kernels",
      description =
          "What the layers compute on: f32 (default: oneDNN), bf16 (oneDNN with products in bf16,"
              + " for CPUs that have AVX512-BF16 or AMX) or nd4j (ND4J's ops). What cannot run here"
              + " is replaced, and the log says so.")
  private KernelsName kernels;

  /**
   * @throws IllegalArgumentException if a value is outside its range, saying which and why
   */
  public void validate() {
    require(batch >= 2, "--batch must be at least 2, since batch norm needs a variance", batch);
    require(gradClip >= 0, "--grad-clip must be positive, or 0 to turn it off", gradClip);
    require(
        weightDecay == null || (weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY),
        "--weight-decay must be 0 or more",
        weightDecay);
    require(width > 0 && width <= 16, "--width must be above 0 and at most 16", width);
    require(
        dropout == null || (dropout >= 0 && dropout < 1),
        "--dropout must be from 0 to below 1",
        dropout);
    require(
        dropout == null || model != ModelName.RESNET,
        "--dropout needs --model vgg or vgg-graph; resnet has none",
        dropout);
    require(bits >= 2 && bits <= 8, "--bits must be from 2 to 8", bits);
    require(
        alpha >= 0 && alpha < Double.POSITIVE_INFINITY,
        "--alpha must be positive, or 0 to turn the soft clip off",
        alpha);
  }

  /**
   * Gives values to options that were not given.
   *
   * @param defaultWeightDecay of {@code --weight-decay}
   * @param defaultDropout of {@code --dropout}, where the model has it
   */
  public void setDefaults(double defaultWeightDecay, double defaultDropout) {
    if (weightDecay == null) {
      weightDecay = defaultWeightDecay;
    }
    if (dropout == null && model != ModelName.RESNET) {
      dropout = defaultDropout;
    }
  }

  /** Sets the system property that chooses the kernels of networks made from here on. */
  public void chooseKernels() {
    if (kernels != null) {
      System.setProperty(Kernels.PROPERTY, kernels.name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * @return the paper's recipe with the decay and the clipping of the options
   */
  public PaperRecipe recipe() {
    PaperRecipe standard = PaperRecipe.standard();
    PaperRecipe recipe = weightDecay == null ? standard : standard.withWeightDecay(weightDecay);
    return gradClip > 0 ? recipe.withMaxGradientNorm(gradClip) : recipe;
  }

  /**
   * The network, initialized, with random weights and no listeners.
   *
   * @param classes number of classes
   * @param recipe from {@link #recipe()}, with any learning rate
   * @return the network
   */
  public ImageNetwork network(int classes, PaperRecipe recipe) {
    switch (model) {
      case VGG:
        return new ImageNetwork(
            initialized(new MultiLayerNetwork(vgg(classes, recipe).configuration())));
      case VGG_GRAPH:
        return new ImageNetwork(
            initialized(new ComputationGraph(vgg(classes, recipe).graphConfiguration())));
      case RESNET:
        return new ImageNetwork(
            initialized(
                new ComputationGraph(
                    with(new SimpleResNet4bit(classes), recipe).graphConfiguration())));
    }
    throw new AssertionError(model);
  }

  private Vgg4bit vgg(int classes, PaperRecipe recipe) {
    Vgg4bit vgg = new Vgg4bit(classes);
    return with(dropout == null ? vgg : vgg.dropout(dropout), recipe);
  }

  private <M extends PaperModel<M>> M with(M architecture, PaperRecipe recipe) {
    return architecture
        .precision(precision)
        .quantization(quantization())
        .recipe(recipe)
        .width(width)
        .seed(seed);
  }

  private static <N extends NeuralNetwork> N initialized(N network) {
    network.init();
    return network;
  }

  /**
   * Adds the listener that clips the gradients, unless that is turned off. A network that was
   * loaded needs it again: listeners are not saved.
   *
   * @param network the network
   * @param recipe from {@link #recipe()}
   */
  public void clipGradients(ImageNetwork network, PaperRecipe recipe) {
    if (gradClip > 0) {
      network.addListeners(recipe.gradientClipping());
    }
  }

  private WeightQuantization quantization() {
    return new WeightQuantization(
        bits,
        granularity == GranularityName.TENSOR ? Granularity.PER_TENSOR : Granularity.PER_CHANNEL,
        scale == ScaleName.DYNAMIC ? ScaleMode.DYNAMIC : ScaleMode.FIXED,
        alpha);
  }

  /**
   * @return which model
   */
  public ModelName model() {
    return model;
  }

  /**
   * @return the precision of its weights
   */
  public Precision precision() {
    return precision;
  }

  /**
   * @return images a step
   */
  public int batch() {
    return batch;
  }

  /**
   * @return of weights and data
   */
  public long seed() {
    return seed;
  }

  /**
   * @return factor on channels and hidden units
   */
  public double width() {
    return width;
  }

  /**
   * @return bits of a quantized weight
   */
  public int bits() {
    return bits;
  }
}
