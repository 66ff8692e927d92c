package org.dl4j.q4.benchmarks.parity;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.dl4j.q4.layers.ChannelsLastPreProcessor;
import org.dl4j.q4.layers.FastActivationLayer;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.FastSubsamplingLayer;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.CosineAnnealingSchedule;
import org.dl4j.q4.train.CosineAnnealingSchedule.AfterMaximum;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The network as a user of this library configures it. */
final class Q4Configuration {

  private final Setting setting;
  private final Q4Way way;

  Q4Configuration(Setting setting, Q4Way way) {
    this.setting = setting;
    this.way = way;
  }

  PaperRecipe recipe() {
    double norm = way.defect() == Defect.NO_GRADIENT_CLIPPING ? 1e9 : setting.maxNorm;
    return PaperRecipe.standard()
        .withLearningRate(rate())
        .withWeightDecay(setting.weightDecay)
        .withMaxGradientNorm(norm);
  }

  private ISchedule rate() {
    if (way.defect() == Defect.CONSTANT_RATE) {
      return new FixedSchedule(setting.learningRate);
    }
    return new CosineAnnealingSchedule(
        ScheduleType.ITERATION,
        setting.learningRate,
        setting.minimumRate,
        Setting.T_MAX,
        AfterMaximum.RISE);
  }

  MultiLayerConfiguration build(DataType type) {
    NeuralNetConfiguration.Builder builder =
        recipe().apply(new NeuralNetConfiguration.Builder().dataType(type));
    if (way.defect() == Defect.DL4J_ADAM) {
      builder.updater(new Adam(rate()));
    }
    if (way.defect() == Defect.NO_BIAS_DECAY) {
      builder.regularizationBias(List.of());
    }
    NeuralNetConfiguration.ListBuilder list = builder.activation(Activation.IDENTITY).list();
    layers().forEach(list::layer);
    if (way.format() == CNN2DFormat.NHWC) {
      list.inputPreProcessor(0, new ChannelsLastPreProcessor());
    }
    int size = Parameters.SIZE;
    return list.setInputType(
            InputType.convolutional(size, size, Parameters.CHANNELS, CNN2DFormat.NCHW))
        .build();
  }

  private List<Layer> layers() {
    return List.of(
        convolution("conv1", 16, 3, 3).padding(1, 1).build(),
        batchNorm("bn1").relu(true).build(),
        new FastSubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(2, 2)
            .stride(2, 2)
            .build(),
        convolution("conv2", 16, 3, 3).padding(1, 1).build(),
        batchNorm("bn2").useLogStd(false).build(),
        new FastActivationLayer.Builder().activation(Activation.RELU).build(),
        convolution("conv3", 24, 3, 3)
            .padding(1, 1)
            .stride(2, 2)
            .activation(Activation.RELU)
            .build(),
        convolution("conv4", 24, 3, 2).padding(0, 1).hasBias(false).build(),
        batchNorm("bn4").relu(true).build(),
        new Q4DenseLayer.Builder().name("dense").nOut(32).quantization(quantization()).build(),
        batchNorm("bn5").relu(true).build(),
        new Q4OutputLayer.Builder(LossFunction.MCXENT)
            .name("out")
            .nOut(Parameters.CLASSES)
            .activation(Activation.SOFTMAX)
            .quantization(quantization())
            .build());
  }

  private Q4ConvolutionLayer.Builder convolution(String name, int out, int height, int width) {
    return new Q4ConvolutionLayer.Builder(height, width)
        .name(name)
        .nOut(out)
        .quantization(quantization());
  }

  private FastBatchNormalization.Builder batchNorm(String name) {
    double factor = way.defect() == Defect.BATCH_NORM_EPSILON ? 1.1 : 1;
    FastBatchNormalization.Builder builder = new FastBatchNormalization.Builder();
    builder.eps(factor * Setting.BATCH_NORM_EPSILON).decay(1 - Setting.MOMENTUM).name(name);
    return builder;
  }

  private WeightQuantization quantization() {
    switch (way.defect()) {
      case NO_SOFT_CLIP:
        return WeightQuantization.PAPER.withSoftClip(0);
      case SCALE_PER_CHANNEL:
        return WeightQuantization.PAPER
            .withSoftClip(setting.softClip)
            .withGranularity(Granularity.PER_CHANNEL);
      default:
        return WeightQuantization.PAPER.withSoftClip(setting.softClip);
    }
  }
}
