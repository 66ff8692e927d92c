package org.dl4j.q4.layers;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.MinMaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.AdamW;
import org.dl4j.q4.train.DecoupledWeightDecay;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/** Sets every option of a builder to something that is not its default. */
final class BuilderOptions {

  static final WeightQuantization QUANTIZATION =
      new WeightQuantization(3, Granularity.PER_CHANNEL, ScaleMode.FIXED, 1.25);

  private BuilderOptions() {}

  static <T extends ConvolutionLayer.BaseConvBuilder<T>> T convolution(T builder) {
    feedForward(builder);
    return builder
        .kernelSize(3, 2)
        .stride(2, 1)
        .padding(1, 0)
        .dilation(1, 2)
        .convolutionMode(ConvolutionMode.Strict)
        .hasBias(false)
        .cudnnAlgoMode(ConvolutionLayer.AlgoMode.USER_SPECIFIED)
        .cudnnFwdMode(ConvolutionLayer.FwdAlgo.GEMM)
        .cudnnBwdFilterMode(ConvolutionLayer.BwdFilterAlgo.FFT)
        .cudnnBwdDataMode(ConvolutionLayer.BwdDataAlgo.FFT)
        .helperAllowFallback(false);
  }

  static <T extends BaseOutputLayer.Builder<T>> T output(T builder) {
    feedForward(builder);
    return builder
        .lossFunction(new LossBinaryXENT())
        .activation(new ActivationSigmoid())
        .hasBias(false);
  }

  static <T extends FeedForwardLayer.Builder<T>> T feedForward(T builder) {
    // Lists that can grow: DL4J adds the global regularizations to them.
    builder.regularization(
        new ArrayList<>(
            List.of(
                new L1Regularization(0.01),
                new WeightDecay(0.02, true),
                new DecoupledWeightDecay(0.03))));
    builder.regularizationBias(new ArrayList<>(List.of(new L1Regularization(0.04))));
    return builder
        .nIn(4)
        .nOut(3)
        .name("named")
        .activation(new ActivationLReLU(0.2))
        .weightInit(new WeightInitDistribution(new UniformDistribution(-0.3, 0.4)))
        .biasInit(0.5)
        .gainInit(1.5)
        .updater(new AdamW(0.005))
        .biasUpdater(new Nesterovs(0.006, 0.7))
        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
        .gradientNormalizationThreshold(0.75)
        .weightNoise(new DropConnect(0.9))
        .dropOut(new GaussianDropout(0.3))
        .constrainWeights(new MaxNormConstraint(2.5, 1))
        .constrainBias(new NonNegativeConstraint())
        .constrainAllParameters(new MinMaxNormConstraint(0.1, 9, 0.5, 1));
  }

  static SubsamplingLayer.Builder pooling(SubsamplingLayer.Builder builder) {
    return builder
        .name("named")
        .dropOut(new GaussianDropout(0.3))
        .poolingType(PoolingType.PNORM)
        .pnorm(3)
        .eps(1e-3)
        .kernelSize(3, 2)
        .stride(1, 3)
        .padding(1, 0)
        .dilation(1, 2)
        .convolutionMode(ConvolutionMode.Strict)
        .avgPoolIncludePadInDivisor(true)
        .helperAllowFallback(false)
        .dataFormat(CNN2DFormat.NHWC)
        .constrainWeights(new MaxNormConstraint(2.5, 1));
  }

  static ActivationLayer.Builder activation(ActivationLayer.Builder builder) {
    return builder
        .name("named")
        .dropOut(new GaussianDropout(0.3))
        .activation(new ActivationLReLU(0.2))
        .constrainWeights(new MaxNormConstraint(2.5, 1));
  }

  static BatchNormalization.Builder normalization(BatchNormalization.Builder builder) {
    feedForward(builder);
    return builder
        .decay(0.8)
        .eps(1e-3)
        .minibatch(false)
        .gamma(1.2)
        .beta(0.3)
        .lockGammaBeta(true)
        .helperAllowFallback(false)
        .useLogStd(false)
        .dataFormat(CNN2DFormat.NHWC);
  }
}
