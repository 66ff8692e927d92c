package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.FieldEquality.assertSameFields;
import static org.dl4j.q4.layers.FieldEquality.differences;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Swapping a layer is changing a class name: each builder takes all that its parent's takes. */
class BuilderOptionsTest {

  @ParameterizedTest
  @MethodSource("pairs")
  void everyOptionLandsWhereTheParentPutsIt(Pair pair) {
    assertSameFields(pair.allOptions, pair.ours, pair.parent);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theTestSetsEveryOption(Pair pair) {
    // What is no option: timeDistributedFormat and defaultValueOverriden, set from the input type,
    // and constraints where there are no parameters.
    long unset = fieldCount(pair.parent) - differences(pair.allOptions, pair.defaults, pair.parent);

    assertEquals(pair.notAnOption, unset);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theDefaultsAreTheParents(Pair pair) {
    assertSameFields(pair.defaults, pair.ourDefaults, pair.parent);
    if (pair.ourDefaults instanceof QuantizedLayer) {
      assertEquals(WeightQuantization.PAPER, ((QuantizedLayer) pair.ourDefaults).getQuantization());
    }
  }

  @ParameterizedTest
  @MethodSource("builders")
  void noMethodOfTheParentsBuilderIsMissing(Class<?> parent, Class<?> ours) {
    Set<String> missing = signatures(parent);
    missing.removeAll(signatures(ours));

    assertTrue(missing.isEmpty(), missing::toString);
  }

  @Test
  void globalOptionsReachOurLayersAsTheirParents() {
    Layer[] stock = {
      new ConvolutionLayer.Builder(3, 3).nOut(3).build(),
      new BatchNormalization.Builder().build(),
      new ActivationLayer.Builder().build(),
      new SubsamplingLayer.Builder().kernelSize(2, 2).build(),
      new DenseLayer.Builder().nOut(4).build(),
      new DenseLayer.Builder().nOut(4).build(),
      new OutputLayer.Builder(LossFunction.MSE).nOut(2).build()
    };
    Layer[] ours = {
      new Q4ConvolutionLayer.Builder(3, 3).nOut(3).build(),
      new FastBatchNormalization.Builder().build(),
      new FastActivationLayer.Builder().build(),
      new FastSubsamplingLayer.Builder().kernelSize(2, 2).build(),
      new Q4DenseLayer.Builder().nOut(4).build(),
      new FastDenseLayer.Builder().nOut(4).build(),
      new Q4OutputLayer.Builder(LossFunction.MSE).nOut(2).build()
    };
    List<Class<? extends Layer>> parents =
        List.of(
            ConvolutionLayer.class,
            BatchNormalization.class,
            ActivationLayer.class,
            SubsamplingLayer.class,
            DenseLayer.class,
            DenseLayer.class,
            OutputLayer.class);

    Layer[] expected = configured(stock);
    Layer[] actual = configured(ours);

    for (int i = 0; i < stock.length; i++) {
      assertSameFields(expected[i], actual[i], parents.get(i));
    }
    assertEquals(CNN2DFormat.NHWC, ((ConvolutionLayer) actual[0]).getCnn2dDataFormat());
  }

  @Test
  void eachQuantizationOptionLandsAlone() {
    WeightQuantization paper = WeightQuantization.PAPER;

    assertEquals(
        List.of(
            paper.withBits(5),
            paper.withGranularity(Granularity.PER_CHANNEL),
            paper.withScaleMode(ScaleMode.FIXED),
            paper.withSoftClip(0.5)),
        List.of(
            new Q4ConvolutionLayer.Builder().nOut(1).bits(5).build().getQuantization(),
            new Q4DenseLayer.Builder()
                .granularity(Granularity.PER_CHANNEL)
                .build()
                .getQuantization(),
            new Q4OutputLayer.Builder().scaleMode(ScaleMode.FIXED).build().getQuantization(),
            new Q4DenseLayer.Builder().softClip(0.5).build().getQuantization()));
  }

  @Test
  void impossibleOptionsAreRefusedWhereTheyAreSet() {
    assertThrows(IllegalArgumentException.class, () -> new Q4DenseLayer.Builder().bits(1));
    assertThrows(IllegalArgumentException.class, () -> new Q4OutputLayer.Builder().softClip(-1));
    assertThrows(
        NullPointerException.class, () -> new Q4ConvolutionLayer.Builder().quantization(null));
    assertThrows(
        IllegalStateException.class, // the parent's
        () -> new FastConvolutionLayer.Builder().convolutionMode(ConvolutionMode.Causal));
    assertThrows(
        IllegalStateException.class,
        () -> new Q4ConvolutionLayer.Builder().convolutionMode(ConvolutionMode.Causal));
    assertThrows(
        IllegalStateException.class, () -> new Q4ConvolutionLayer.Builder().stride(0, 1).build());
  }

  @Test
  void convolutionBuildersHaveTheParentsConstructors() {
    int[] kernel = {2, 3};
    int[] stride = {3, 1};
    int[] padding = {1, 2};
    assertSameFields(
        new ConvolutionLayer.Builder(kernel, stride, padding).build(),
        new Q4ConvolutionLayer.Builder(kernel, stride, padding).build(),
        ConvolutionLayer.class);
    assertSameFields(
        new ConvolutionLayer.Builder(kernel, stride).build(),
        new FastConvolutionLayer.Builder(kernel, stride).build(),
        ConvolutionLayer.class);
    assertSameFields(
        new ConvolutionLayer.Builder(4, 1).build(),
        new FastConvolutionLayer.Builder(4, 1).build(),
        ConvolutionLayer.class);
    assertSameFields(
        new OutputLayer.Builder(new LossMSE()).build(),
        new Q4OutputLayer.Builder(new LossMSE()).build(),
        OutputLayer.class);
    assertSameFields(
        new BatchNormalization.Builder(0.5, 0.25, true).build(),
        new FastBatchNormalization.Builder(0.5, 0.25, true).build(),
        BatchNormalization.class);
    assertSameFields(
        new BatchNormalization.Builder(0.5, false).build(),
        new FastBatchNormalization.Builder(0.5, false).build(),
        BatchNormalization.class);
    assertSameFields(
        new BatchNormalization.Builder(true).build(),
        new FastBatchNormalization.Builder(true).build(),
        BatchNormalization.class);
    assertSameFields(
        new BatchNormalization(), new FastBatchNormalization(), BatchNormalization.class);
  }

  @Test
  void poolingAndActivationHaveTheParentsConstructors() {
    int[] kernel = {2, 3};
    int[] stride = {3, 1};
    int[] padding = {1, 2};
    SubsamplingLayer.PoolingType average = SubsamplingLayer.PoolingType.AVG;
    Map<SubsamplingLayer.Builder, SubsamplingLayer.Builder> pairs = new LinkedHashMap<>();
    pairs.put(new SubsamplingLayer.Builder(average), new FastSubsamplingLayer.Builder(average));
    pairs.put(new SubsamplingLayer.Builder(2, 3), new FastSubsamplingLayer.Builder(2, 3));
    pairs.put(
        new SubsamplingLayer.Builder(kernel, stride),
        new FastSubsamplingLayer.Builder(kernel, stride));
    pairs.put(
        new SubsamplingLayer.Builder(kernel, stride, padding),
        new FastSubsamplingLayer.Builder(kernel, stride, padding));
    pairs.put(
        new SubsamplingLayer.Builder(average, kernel),
        new FastSubsamplingLayer.Builder(average, kernel));
    pairs.put(
        new SubsamplingLayer.Builder(average, kernel, stride),
        new FastSubsamplingLayer.Builder(average, kernel, stride));
    pairs.put(
        new SubsamplingLayer.Builder(average, kernel, stride, padding),
        new FastSubsamplingLayer.Builder(average, kernel, stride, padding));
    pairs.put(
        new SubsamplingLayer.Builder(PoolingType.AVG),
        new FastSubsamplingLayer.Builder(PoolingType.AVG));
    pairs.put(
        new SubsamplingLayer.Builder(PoolingType.AVG, kernel),
        new FastSubsamplingLayer.Builder(PoolingType.AVG, kernel));
    pairs.put(
        new SubsamplingLayer.Builder(PoolingType.AVG, kernel, stride, padding),
        new FastSubsamplingLayer.Builder(PoolingType.AVG, kernel, stride, padding));
    pairs.forEach(
        (stock, ours) -> assertSameFields(stock.build(), ours.build(), SubsamplingLayer.class));

    assertSameFields(
        new ActivationLayer(Activation.ELU),
        new FastActivationLayer(Activation.ELU),
        ActivationLayer.class);
    assertSameFields(
        new ActivationLayer(new ActivationLReLU(0.2)),
        new FastActivationLayer(new ActivationLReLU(0.2)),
        ActivationLayer.class);
  }

  @Test
  void theReluIsOffUnlessAskedFor() {
    assertFalse(new FastBatchNormalization().isRelu());
    assertFalse(new FastBatchNormalization.Builder().build().isRelu());
    assertTrue(new FastBatchNormalization.Builder().relu(true).build().isRelu());
  }

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair(
            ConvolutionLayer.class,
            BuilderOptions.convolution(new ConvolutionLayer.Builder().dataFormat(CNN2DFormat.NHWC))
                .build(),
            BuilderOptions.convolution(
                    new Q4ConvolutionLayer.Builder()
                        .dataFormat(CNN2DFormat.NHWC)
                        .quantization(BuilderOptions.QUANTIZATION))
                .build(),
            new ConvolutionLayer.Builder().build(),
            new Q4ConvolutionLayer.Builder().build(),
            2),
        new Pair(
            ConvolutionLayer.class,
            BuilderOptions.convolution(new ConvolutionLayer.Builder().dataFormat(CNN2DFormat.NHWC))
                .build(),
            BuilderOptions.convolution(
                    new FastConvolutionLayer.Builder().dataFormat(CNN2DFormat.NHWC))
                .build(),
            new ConvolutionLayer.Builder().build(),
            new FastConvolutionLayer.Builder().build(),
            2),
        new Pair(
            DenseLayer.class,
            BuilderOptions.feedForward(new DenseLayer.Builder().hasBias(false).hasLayerNorm(true))
                .build(),
            BuilderOptions.feedForward(
                    new Q4DenseLayer.Builder()
                        .hasBias(false)
                        .hasLayerNorm(true)
                        .quantization(BuilderOptions.QUANTIZATION))
                .build(),
            new DenseLayer.Builder().build(),
            new Q4DenseLayer.Builder().build(),
            1),
        new Pair(
            DenseLayer.class,
            BuilderOptions.feedForward(new DenseLayer.Builder().hasBias(false).hasLayerNorm(true))
                .build(),
            BuilderOptions.feedForward(
                    new FastDenseLayer.Builder().hasBias(false).hasLayerNorm(true))
                .build(),
            new DenseLayer.Builder().build(),
            new FastDenseLayer.Builder().build(),
            1),
        new Pair(
            SubsamplingLayer.class,
            BuilderOptions.pooling(new SubsamplingLayer.Builder()).build(),
            BuilderOptions.pooling(new FastSubsamplingLayer.Builder()).build(),
            new SubsamplingLayer.Builder().build(),
            new FastSubsamplingLayer.Builder().build(),
            2),
        new Pair(
            ActivationLayer.class,
            BuilderOptions.activation(new ActivationLayer.Builder()).build(),
            BuilderOptions.activation(new FastActivationLayer.Builder()).build(),
            new ActivationLayer.Builder().build(),
            new FastActivationLayer.Builder().build(),
            1),
        new Pair(
            OutputLayer.class,
            BuilderOptions.output(new OutputLayer.Builder()).build(),
            BuilderOptions.output(
                    new Q4OutputLayer.Builder().quantization(BuilderOptions.QUANTIZATION))
                .build(),
            new OutputLayer.Builder().build(),
            new Q4OutputLayer.Builder().build(),
            1),
        new Pair(
            BatchNormalization.class,
            BuilderOptions.normalization(new BatchNormalization.Builder()).build(),
            BuilderOptions.normalization(new FastBatchNormalization.Builder()).build(),
            new BatchNormalization.Builder().build(),
            new FastBatchNormalization.Builder().build(),
            1));
  }

  static Stream<Arguments> builders() {
    return Stream.of(
        Arguments.of(ConvolutionLayer.Builder.class, Q4ConvolutionLayer.Builder.class),
        Arguments.of(ConvolutionLayer.Builder.class, FastConvolutionLayer.Builder.class),
        Arguments.of(DenseLayer.Builder.class, Q4DenseLayer.Builder.class),
        Arguments.of(DenseLayer.Builder.class, FastDenseLayer.Builder.class),
        Arguments.of(SubsamplingLayer.Builder.class, FastSubsamplingLayer.Builder.class),
        Arguments.of(ActivationLayer.Builder.class, FastActivationLayer.Builder.class),
        Arguments.of(OutputLayer.Builder.class, Q4OutputLayer.Builder.class),
        Arguments.of(BatchNormalization.Builder.class, FastBatchNormalization.Builder.class));
  }

  private static Set<String> signatures(Class<?> builder) {
    Set<String> signatures = new TreeSet<>();
    for (Method method : builder.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        signatures.add(method.getName() + Arrays.toString(method.getParameterTypes()));
      }
    }
    return signatures;
  }

  private static long fieldCount(Class<?> type) {
    return Stream.<Class<?>>iterate(type, c -> c != Object.class, Class::getSuperclass)
        .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .count();
  }

  private static Layer[] configured(Layer... layers) {
    return new NeuralNetConfiguration.Builder()
            .activation(Activation.ELU)
            .weightInit(WeightInit.RELU)
            .biasInit(0.1)
            .updater(new Adam(0.02))
            .biasUpdater(new Sgd(0.03))
            .l1(0.001)
            .l2(0.002)
            .l2Bias(0.003)
            .dropOut(0.6)
            .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
            .gradientNormalizationThreshold(0.4)
            .constrainWeights(new MaxNormConstraint(3, 1))
            .convolutionMode(ConvolutionMode.Same)
            .list(layers)
            .setInputType(InputType.convolutional(6, 5, 2, CNN2DFormat.NHWC))
            .build()
            .getConfs()
            .stream()
            .map(NeuralNetConfiguration::getLayer)
            .toArray(Layer[]::new);
  }

  /** A parent and our layer, once with every option set, once with none. */
  private static final class Pair {

    final Class<? extends Layer> parent;
    final Layer allOptions;
    final Layer ours;
    final Layer defaults;
    final Layer ourDefaults;
    final long notAnOption;

    Pair(
        Class<? extends Layer> parent,
        Layer allOptions,
        Layer ours,
        Layer defaults,
        Layer ourDefaults,
        long notAnOption) {
      this.parent = parent;
      this.allOptions = allOptions;
      this.ours = ours;
      this.defaults = defaults;
      this.ourDefaults = ourDefaults;
      this.notAnOption = notAnOption;
    }

    @Override
    public String toString() {
      return ours.getClass().getSimpleName();
    }
  }
}
