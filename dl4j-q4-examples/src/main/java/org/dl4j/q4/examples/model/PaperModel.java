package org.dl4j.q4.examples.model;

import java.util.Objects;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.layers.ChannelsLastPreProcessor;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.FastConvolutionLayer;
import org.dl4j.q4.layers.FastDenseLayer;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * What the paper's architectures share: their options, and the layers that they are made of, in two
 * precisions.
 *
 * <p>Images come in as DataVec's iterators give them, [batch, 3, 32, 32]. Inside, a network
 * computes channels-last unless another layout is asked for: oneDNN's kernels are fastest so.
 * Weights start from N(0, 2/fan-in) in convolutions and N(0, 1/fan-in) in linear layers, biases
 * from 0.
 *
 * @param <M> the architecture itself, which the options return
 */
public abstract class PaperModel<M extends PaperModel<M>> {

  /** What goes into every architecture. */
  static final InputType IMAGES = InputType.convolutional(32, 32, 3, CNN2DFormat.NCHW);

  private final int classes;
  private Precision precision = Precision.Q4;
  private WeightQuantization quantization = WeightQuantization.PAPER;
  private PaperRecipe recipe = PaperRecipe.standard();
  private CNN2DFormat format = CNN2DFormat.NHWC;
  private double width = 1;
  private long seed = 1;

  PaperModel(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be at least 2; got " + classes);
    }
    this.classes = classes;
  }

  @SuppressWarnings("unchecked") // every subclass passes itself as M
  private M self() {
    return (M) this;
  }

  /**
   * @param newPrecision quantized or float weights; quantized by default
   * @return this
   */
  public M precision(Precision newPrecision) {
    this.precision = Objects.requireNonNull(newPrecision, "precision");
    return self();
  }

  /**
   * @param newQuantization how the weights are quantized; as in the paper by default
   * @return this
   */
  public M quantization(WeightQuantization newQuantization) {
    this.quantization = Objects.requireNonNull(newQuantization, "quantization");
    return self();
  }

  /**
   * @param newRecipe optimizer and decay; the paper's by default
   * @return this
   */
  public M recipe(PaperRecipe newRecipe) {
    this.recipe = Objects.requireNonNull(newRecipe, "recipe");
    return self();
  }

  /**
   * @param newFormat layout in which the network computes; NHWC by default
   * @return this
   */
  public M format(CNN2DFormat newFormat) {
    this.format = Objects.requireNonNull(newFormat, "format");
    return self();
  }

  /**
   * @param newWidth factor on the number of channels and hidden units; 1 by default
   * @return this
   */
  public M width(double newWidth) {
    if (!(newWidth > 0) || newWidth > 16) {
      throw new IllegalArgumentException(
          "width must be above 0 and at most 16, a factor on the number of channels; got "
              + newWidth);
    }
    this.width = newWidth;
    return self();
  }

  /**
   * @param newSeed seed of the initial weights
   * @return this
   */
  public M seed(long newSeed) {
    this.seed = newSeed;
    return self();
  }

  /** A configuration's beginning: recipe, seed and what holds for every layer. */
  final NeuralNetConfiguration.Builder builder() {
    return recipe
        .apply(new NeuralNetConfiguration.Builder().seed(seed))
        .convolutionMode(ConvolutionMode.Truncate)
        .activation(Activation.IDENTITY);
  }

  /** What the first layer needs before it, or null. */
  final InputPreProcessor layout() {
    return format == CNN2DFormat.NHWC ? new ChannelsLastPreProcessor() : null;
  }

  /** 3×3, padded by 1. */
  final Layer convolution(String name, int channels, int stride) {
    if (precision == Precision.Q4) {
      return new Q4ConvolutionLayer.Builder(3, 3)
          .name(name)
          .padding(1, 1)
          .stride(stride, stride)
          .nOut(scaled(channels))
          .weightInit(WeightInit.RELU)
          .quantization(quantization)
          .build();
    }
    return new FastConvolutionLayer.Builder(3, 3)
        .name(name)
        .padding(1, 1)
        .stride(stride, stride)
        .nOut(scaled(channels))
        .weightInit(WeightInit.RELU)
        .build();
  }

  final Layer linear(String name, int units) {
    if (precision == Precision.Q4) {
      return new Q4DenseLayer.Builder()
          .name(name)
          .nOut(scaled(units))
          .weightInit(WeightInit.LECUN_NORMAL)
          .quantization(quantization)
          .build();
    }
    return new FastDenseLayer.Builder()
        .name(name)
        .nOut(scaled(units))
        .weightInit(WeightInit.LECUN_NORMAL)
        .build();
  }

  /**
   * Linear → softmax with cross-entropy, one unit a class.
   *
   * @param dropout probability of dropping an input
   */
  final Layer output(String name, double dropout) {
    double keep = dropout == 0 ? 0 : 1 - dropout; // DL4J: probability of keeping; 0 turns it off
    if (precision == Precision.Q4) {
      return new Q4OutputLayer.Builder(LossFunction.MCXENT)
          .name(name)
          .nOut(classes)
          .weightInit(WeightInit.LECUN_NORMAL)
          .activation(Activation.SOFTMAX)
          .dropOut(keep)
          .quantization(quantization)
          .build();
    }
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .name(name)
        .nOut(classes)
        .weightInit(WeightInit.LECUN_NORMAL)
        .activation(Activation.SOFTMAX)
        .dropOut(keep)
        .build();
  }

  static Layer batchNorm(String name, boolean relu) {
    return new FastBatchNormalization.Builder().relu(relu).name(name).build();
  }

  private int scaled(int units) {
    return Math.max(1, (int) Math.round(units * width));
  }
}
