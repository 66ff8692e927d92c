package org.dl4j.q4.examples.model;

import java.util.Objects;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.layers.ChannelsLastPreProcessor;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.FastConvolutionLayer;
import org.dl4j.q4.layers.FastDenseLayer;
import org.dl4j.q4.layers.FastSubsamplingLayer;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * VGG4bit of arXiv 2603.13931 for 32×32 colour images: three blocks of [convolution 3×3 → batch
 * norm → ReLU] × 2 → max pooling 2×2, of 64, 128 and 256 channels; then linear 4096 → 512 → batch
 * norm → ReLU → dropout 0.5 → linear → softmax. 3,251,018 trainable parameters for 10 classes,
 * 3,297,188 for 100; {@code numParams()} counts the running statistics of batch norm too.
 *
 * <p>Images come in as DataVec's iterators give them, [batch, 3, 32, 32]. Inside, the network
 * computes channels-last unless another layout is asked for: oneDNN's kernels are fastest so.
 * Weights start from N(0, 2/fan-in) in convolutions and N(0, 1/fan-in) in linear layers, biases
 * from 0.
 */
public final class Vgg4bit {

  private static final int[] CHANNELS = {64, 128, 256};
  private static final int HIDDEN = 512;

  private final int classes;
  private Precision precision = Precision.Q4;
  private WeightQuantization quantization = WeightQuantization.PAPER;
  private PaperRecipe recipe = PaperRecipe.standard();
  private CNN2DFormat format = CNN2DFormat.NHWC;
  private double width = 1;
  private double dropout = 0.5;
  private long seed = 1;

  /**
   * @param classes number of classes
   */
  public Vgg4bit(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be at least 2; got " + classes);
    }
    this.classes = classes;
  }

  /**
   * @param newPrecision quantized or float weights; quantized by default
   * @return this
   */
  public Vgg4bit precision(Precision newPrecision) {
    this.precision = Objects.requireNonNull(newPrecision, "precision");
    return this;
  }

  /**
   * @param newQuantization how the weights are quantized; as in the paper by default
   * @return this
   */
  public Vgg4bit quantization(WeightQuantization newQuantization) {
    this.quantization = Objects.requireNonNull(newQuantization, "quantization");
    return this;
  }

  /**
   * @param newRecipe optimizer and decay; the paper's by default
   * @return this
   */
  public Vgg4bit recipe(PaperRecipe newRecipe) {
    this.recipe = Objects.requireNonNull(newRecipe, "recipe");
    return this;
  }

  /**
   * @param newFormat layout in which the network computes; NHWC by default
   * @return this
   */
  public Vgg4bit format(CNN2DFormat newFormat) {
    this.format = Objects.requireNonNull(newFormat, "format");
    return this;
  }

  /**
   * @param newWidth factor on the number of channels and hidden units; 1 by default
   * @return this
   */
  public Vgg4bit width(double newWidth) {
    if (!(newWidth > 0) || newWidth > 16) {
      throw new IllegalArgumentException(
          "width must be above 0 and at most 16, a factor on the number of channels; got "
              + newWidth);
    }
    this.width = newWidth;
    return this;
  }

  /**
   * @param probability probability of dropping a hidden unit; 0.5 by default, 0 for none
   * @return this
   */
  public Vgg4bit dropout(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1); got " + probability);
    }
    this.dropout = probability;
    return this;
  }

  /**
   * @param newSeed seed of the initial weights
   * @return this
   */
  public Vgg4bit seed(long newSeed) {
    this.seed = newSeed;
    return this;
  }

  /**
   * @return the configuration of a {@link org.deeplearning4j.nn.multilayer.MultiLayerNetwork}
   */
  public MultiLayerConfiguration configuration() {
    NeuralNetConfiguration.ListBuilder list =
        recipe
            .apply(new NeuralNetConfiguration.Builder().seed(seed))
            .convolutionMode(ConvolutionMode.Truncate)
            .activation(Activation.IDENTITY)
            .list();
    for (int block = 0; block < CHANNELS.length; block++) {
      for (int half = 1; half <= 2; half++) {
        String name = (block + 1) + "-" + half;
        list.layer(convolution("conv" + name, scaled(CHANNELS[block])));
        list.layer(batchNormAndRelu("bn" + name));
      }
      list.layer(
          new FastSubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
              .name("pool" + (block + 1))
              .kernelSize(2, 2)
              .stride(2, 2)
              .build());
    }
    list.layer(linear("linear1", scaled(HIDDEN)))
        .layer(batchNormAndRelu("bn-linear1"))
        .layer(output("linear2"));
    if (format == CNN2DFormat.NHWC) {
      list.inputPreProcessor(0, new ChannelsLastPreProcessor());
    }
    return list.setInputType(InputType.convolutional(32, 32, 3, CNN2DFormat.NCHW)).build();
  }

  private Layer convolution(String name, int channels) {
    if (precision == Precision.Q4) {
      return new Q4ConvolutionLayer.Builder(3, 3)
          .name(name)
          .padding(1, 1)
          .nOut(channels)
          .weightInit(WeightInit.RELU)
          .quantization(quantization)
          .build();
    }
    return new FastConvolutionLayer.Builder(3, 3)
        .name(name)
        .padding(1, 1)
        .nOut(channels)
        .weightInit(WeightInit.RELU)
        .build();
  }

  private Layer linear(String name, int units) {
    if (precision == Precision.Q4) {
      return new Q4DenseLayer.Builder()
          .name(name)
          .nOut(units)
          .weightInit(WeightInit.LECUN_NORMAL)
          .quantization(quantization)
          .build();
    }
    return new FastDenseLayer.Builder()
        .name(name)
        .nOut(units)
        .weightInit(WeightInit.LECUN_NORMAL)
        .build();
  }

  private Layer output(String name) {
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

  private static Layer batchNormAndRelu(String name) {
    return new FastBatchNormalization.Builder().relu(true).name(name).build();
  }

  private int scaled(int units) {
    return Math.max(1, (int) Math.round(units * width));
  }
}
