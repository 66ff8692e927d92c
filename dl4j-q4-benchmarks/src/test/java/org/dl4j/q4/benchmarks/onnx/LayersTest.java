package org.dl4j.q4.benchmarks.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.ChannelsLastPreProcessor;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.FastConvolutionLayer;
import org.dl4j.q4.layers.FastDenseLayer;
import org.dl4j.q4.layers.FastSubsamplingLayer;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.quant.Granularity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Every layer, between others, in both layouts: images [2, 9, 8], neither square nor even, so that
 * a swap of height and width or padding on the wrong side shows.
 */
class LayersTest {

  private static final int CHANNELS = 2;
  private static final int HEIGHT = 9;
  private static final int WIDTH = 8;

  static Stream<Arguments> layers() {
    List<Arguments> cases = new ArrayList<>();
    convolutions(cases);
    pooling(cases);
    add(
        cases,
        "batch norm, running variance",
        convolution(),
        new BatchNormalization.Builder().useLogStd(false).eps(1e-2).build());
    add(
        cases,
        "batch norm, logarithm",
        convolution(),
        new BatchNormalization.Builder().useLogStd(true).build());
    add(
        cases,
        "batch norm with ReLU",
        convolution(),
        new FastBatchNormalization.Builder().relu(true).build());
    add(cases, "zero padding", new ZeroPaddingLayer.Builder(1, 0, 2, 3).build(), convolution());
    add(
        cases,
        "local response",
        convolution(),
        new LocalResponseNormalization.Builder(2, 3, 0.3, 0.75).build());
    add(cases, "dropout", convolution(), new DropoutLayer.Builder(0.5).build());
    add(cases, "frozen", new FrozenLayer(convolution()));
    return cases.stream();
  }

  private static void convolutions(List<Arguments> cases) {
    add(cases, "stock", new ConvolutionLayer.Builder(3, 2).nOut(4).build());
    add(cases, "fast", new FastConvolutionLayer.Builder(3, 2).nOut(4).build());
    add(cases, "stride", new Q4ConvolutionLayer.Builder(3, 2).nOut(4).stride(2, 3).build());
    add(cases, "padding", new Q4ConvolutionLayer.Builder(3, 3).nOut(4).padding(2, 1).build());
    add(cases, "dilation", new Q4ConvolutionLayer.Builder(2, 3).nOut(4).dilation(3, 2).build());
    add(cases, "no bias", new Q4ConvolutionLayer.Builder(2, 3).nOut(4).hasBias(false).build());
    add(cases, "same", same(new Q4ConvolutionLayer.Builder(3, 2)).build());
    add(cases, "same, stride", same(new Q4ConvolutionLayer.Builder(4, 3)).stride(2, 3).build());
    add(cases, "same, dilation", same(new Q4ConvolutionLayer.Builder(2, 2)).dilation(3, 2).build());
    add(
        cases,
        "strict",
        new Q4ConvolutionLayer.Builder(3, 2)
            .nOut(4)
            .stride(2, 2)
            .convolutionMode(ConvolutionMode.Strict)
            .build());
    for (int bits : new int[] {2, 3, 5, 8}) {
      add(cases, bits + " bits", new Q4ConvolutionLayer.Builder(3, 3).nOut(3).bits(bits).build());
    }
    add(
        cases,
        "per channel",
        new Q4ConvolutionLayer.Builder(3, 3).nOut(4).granularity(Granularity.PER_CHANNEL).build());
  }

  private static Q4ConvolutionLayer.Builder same(Q4ConvolutionLayer.Builder builder) {
    return builder.nOut(4).convolutionMode(ConvolutionMode.Same);
  }

  private static void pooling(List<Arguments> cases) {
    add(cases, "max", pool(SubsamplingLayer.PoolingType.MAX).build());
    add(cases, "max, padding", pool(SubsamplingLayer.PoolingType.MAX).padding(1, 1).build());
    add(cases, "average", pool(SubsamplingLayer.PoolingType.AVG).build());
    add(cases, "average, padding", pool(SubsamplingLayer.PoolingType.AVG).padding(1, 1).build());
    add(
        cases,
        "average of zeros too",
        pool(SubsamplingLayer.PoolingType.AVG)
            .padding(1, 1)
            .avgPoolIncludePadInDivisor(true)
            .build());
    for (SubsamplingLayer.PoolingType type :
        List.of(SubsamplingLayer.PoolingType.MAX, SubsamplingLayer.PoolingType.AVG)) {
      add(cases, type + ", same", pool(type).convolutionMode(ConvolutionMode.Same).build());
    }
    add(
        cases,
        "fast max",
        convolution(),
        new FastSubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(2, 2)
            .stride(2, 2)
            .build());
    for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.SUM)) {
      add(
          cases,
          "global " + type,
          convolution(),
          new GlobalPoolingLayer.Builder(type).build(),
          new DenseLayer.Builder().nOut(6).build());
    }
  }

  private static SubsamplingLayer.Builder pool(SubsamplingLayer.PoolingType type) {
    return new SubsamplingLayer.Builder(type).kernelSize(3, 2).stride(2, 2);
  }

  private static Layer convolution() {
    return new Q4ConvolutionLayer.Builder(3, 3).nOut(4).build();
  }

  private static void add(List<Arguments> cases, String name, Layer... layers) {
    cases.add(Arguments.of(name, layers));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void channelsFirst(String name, Layer[] layers) throws Exception {
    assertAgrees(layers, CNN2DFormat.NCHW, false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void channelsLastInside(String name, Layer[] layers) throws Exception {
    assertAgrees(layers, CNN2DFormat.NCHW, true);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void channelsLast(String name, Layer[] layers) throws Exception {
    assertAgrees(layers, CNN2DFormat.NHWC, false);
  }

  private static void assertAgrees(Layer[] layers, CNN2DFormat input, boolean lastInside)
      throws Exception {
    List<Layer> all = new ArrayList<>(Arrays.asList(layers));
    all.add(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(Trained.CLASSES)
            .activation(Activation.SOFTMAX)
            .build());
    NeuralNetConfiguration.ListBuilder list = Trained.builder().activation(Activation.TANH).list();
    all.forEach(layer -> list.layer(layer.clone()));
    if (lastInside) {
      list.inputPreProcessor(0, new ChannelsLastPreProcessor());
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            list.setInputType(InputType.convolutional(HEIGHT, WIDTH, CHANNELS, input)).build());
    Trained.assertAgrees(
        network,
        input == CNN2DFormat.NCHW
            ? new long[] {CHANNELS, HEIGHT, WIDTH}
            : new long[] {HEIGHT, WIDTH, CHANNELS});
  }

  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of("stock", new DenseLayer.Builder().nOut(9).build()),
        Arguments.of("fast", new FastDenseLayer.Builder().nOut(9).build()),
        Arguments.of("no bias", new Q4DenseLayer.Builder().nOut(9).hasBias(false).build()),
        // As many inputs as outputs: nothing but the axis tells whose scales they are.
        Arguments.of(
            "per channel",
            new Q4DenseLayer.Builder().nOut(7).granularity(Granularity.PER_CHANNEL).build()),
        Arguments.of("6 bits", new Q4DenseLayer.Builder().nOut(9).bits(6).build()),
        Arguments.of("batch norm", new BatchNormalization.Builder().nOut(7).build()),
        Arguments.of("batch norm, locked", new BatchNormalization.Builder(2, 0.5, true).build()),
        Arguments.of("fast, locked", new FastBatchNormalization.Builder(2, 0.5, true).build()),
        Arguments.of("locked, β of 0", new BatchNormalization.Builder(2, 0, true).build()),
        Arguments.of("dropout", new Q4DenseLayer.Builder().nOut(9).dropOut(0.5).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void vectors(String name, Layer layer) throws Exception {
    Trained.assertAgrees(
        new MultiLayerNetwork(
            Trained.builder()
                .activation(Activation.TANH)
                .list(new Q4DenseLayer.Builder().nOut(7).build(), layer, output())
                .setInputType(InputType.feedForward(7))
                .build()),
        7);
  }

  @Test
  void flatImages() throws Exception {
    Trained.assertAgrees(
        new MultiLayerNetwork(
            Trained.builder()
                .activation(Activation.TANH)
                .list(
                    convolution(),
                    new DenseLayer.Builder()
                        .nOut(Trained.CLASSES)
                        .activation(Activation.IDENTITY)
                        .build(),
                    new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(HEIGHT, WIDTH, CHANNELS))
                .build()),
        HEIGHT * WIDTH * CHANNELS);
  }

  @Test
  void compositionOfPreProcessors() throws Exception {
    NeuralNetConfiguration.ListBuilder list =
        Trained.builder()
            .activation(Activation.TANH)
            .list(
                new Q4ConvolutionLayer.Builder(3, 3)
                    .nIn(CHANNELS)
                    .nOut(4)
                    .dataFormat(CNN2DFormat.NHWC)
                    .build(),
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(4 * (HEIGHT - 2) * (WIDTH - 2))
                    .nOut(Trained.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build());
    list.inputPreProcessor(
        0,
        new ComposableInputPreProcessor(
            new FeedForwardToCnnPreProcessor(HEIGHT, WIDTH, CHANNELS),
            new ChannelsLastPreProcessor()));
    list.inputPreProcessor(
        1, new CnnToFeedForwardPreProcessor(HEIGHT - 2, WIDTH - 2, 4, CNN2DFormat.NHWC));
    Trained.assertAgrees(new MultiLayerNetwork(list.build()), HEIGHT * WIDTH * CHANNELS);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void imagesIntoADenseLayer(CNN2DFormat format) throws Exception {
    Trained.assertAgrees(
        new MultiLayerNetwork(
            Trained.builder()
                .activation(Activation.TANH)
                .list(new Q4DenseLayer.Builder().nOut(7).build(), output())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, CHANNELS, format))
                .build()),
        format == CNN2DFormat.NCHW
            ? new long[] {CHANNELS, HEIGHT, WIDTH}
            : new long[] {HEIGHT, WIDTH, CHANNELS});
  }

  private static Layer output() {
    return new Q4OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(Trained.CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
