package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.dl4j.q4.layers.ArrayAssert.elements;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.BaseConstraint;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.NonFiniteWeightException;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.AdamW;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** The fixed scale is set by the first training pass and never moved again. */
class FixedScaleTest {

  private static final List<String> SCALES = List.of("0_s", "4_s", "5_s");

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void theFirstTrainingPassSetsIt(Granularity granularity) {
    MultiLayerNetwork network = network(new Sgd(0.1), granularity);
    INDArray[] expected =
        SCALES.stream().map(key -> dynamicScale(network, key)).toArray(INDArray[]::new);

    network.output(SmallNetwork.features());
    network.score(SmallNetwork.data(1).get(0));
    for (String key : SCALES) {
      assertArrayEquals(
          new double[(int) network.getParam(key).length()], elements(network.getParam(key)), key);
    }
    network.fit(SmallNetwork.data(1).get(0));

    for (int i = 0; i < expected.length; i++) {
      assertIdentical(SCALES.get(i), expected[i], network.getParam(SCALES.get(i)));
    }
    int outputs = granularity == Granularity.PER_TENSOR ? 1 : 4;
    assertEquals(outputs, network.getParam("0_s").length());
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void noUpdaterRegularizationOrNormalizationMovesIt(IUpdater updater) {
    for (GradientNormalization normalization : GradientNormalization.values()) {
      MultiLayerNetwork network =
          SmallNetwork.create(
              new NeuralNetConfiguration.Builder()
                  .updater(updater)
                  .l1(0.1)
                  .l2(0.1)
                  .l1Bias(0.1)
                  .gradientNormalization(normalization)
                  .gradientNormalizationThreshold(0.1),
              fixed(Granularity.PER_CHANNEL));
      assertScalesStayWhileWeightsMove(network);
    }
  }

  static Stream<IUpdater> updaters() {
    return Stream.of(
        new Sgd(0.1), new Adam(0.1), new AdamW(0.1), new Nesterovs(0.1, 0.9), new NoOp());
  }

  @Test
  void constraintsOnAllParametersDoNotReachIt() {
    Layer[] layers = SmallNetwork.layers(fixed(Granularity.PER_CHANNEL));
    WeightQuantization quantization = fixed(Granularity.PER_CHANNEL);
    layers[0] =
        new Q4ConvolutionLayer.Builder(3, 3)
            .padding(1, 1)
            .nOut(4)
            .quantization(quantization)
            .constrainAllParameters(new SetToOne())
            .build();
    layers[4] =
        new Q4DenseLayer.Builder()
            .nOut(5)
            .quantization(quantization)
            .constrainAllParameters(new SetToOne())
            .build();
    layers[5] =
        new Q4OutputLayer.Builder()
            .nOut(3)
            .quantization(quantization)
            .constrainAllParameters(new SetToOne())
            .build();
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)), SmallNetwork.INPUT, layers);

    assertScalesStayWhileWeightsMove(network);
    for (int layer : new int[] {0, 4, 5}) { // else nothing was tested
      assertEquals(1, network.getParam(layer + "_b").minNumber().doubleValue());
    }
  }

  /** A constraint that no parameter it reaches can hide. */
  private static final class SetToOne extends BaseConstraint {

    @Override
    public void apply(INDArray parameter) {
      parameter.assign(1);
    }

    @Override
    public SetToOne clone() {
      return new SetToOne();
    }
  }

  @Test
  void weightsThatGrowBeyondItSaturate() {
    Q4DenseLayer layer =
        new Q4DenseLayer.Builder()
            .nIn(1)
            .nOut(3)
            .hasBias(false)
            .scaleMode(ScaleMode.FIXED)
            .activation(Activation.IDENTITY)
            .build();
    MultiLayerNetwork network = Networks.of(DataType.DOUBLE, layer);
    INDArray one = Nd4j.ones(DataType.DOUBLE, 1, 1);
    network.setParam("0_W", Nd4j.createFromArray(new double[][] {{0.7, -0.3, 0.1}}));
    network.feedForward(one, true);

    network.setParam("0_W", Nd4j.createFromArray(new double[][] {{1.4, -5, 0.2}}));

    double scale = (0.7 + 1e-8) / 7;
    assertArrayEquals(
        new double[] {7 * scale, -7 * scale, 2 * scale}, elements(network.output(one)), 0);
  }

  @Test
  void aCloneAndNewParametersCarryIt() {
    MultiLayerNetwork network = network(new Sgd(0.1), Granularity.PER_CHANNEL);
    DataSet data = SmallNetwork.data(1).get(0);
    network.fit(data);
    INDArray scale = network.getParam("0_s").dup();
    MultiLayerNetwork clone = network.clone();
    MultiLayerNetwork fresh = network(new Sgd(0.1), Granularity.PER_CHANNEL);
    fresh.setParams(network.params().dup());

    for (MultiLayerNetwork copy : List.of(clone, fresh)) {
      copy.getParam("0_W").muli(3); // a scale computed anew would be 3 times as large
      copy.fit(data);
      assertIdentical("scale", scale, copy.getParam("0_s"));
    }
  }

  @Test
  void listenersSeeItAsAParameterWithoutGradient() {
    MultiLayerNetwork network = network(new Sgd(0.1), Granularity.PER_CHANNEL);
    int[] calls = {0};
    network.addListeners(
        new BaseTrainingListener() {
          @Override
          public void onGradientCalculation(Model model) {
            model
                .paramTable()
                .forEach(
                    (name, parameter) -> {
                      INDArray gradient = model.gradient().getGradientFor(name);
                      assertNotNull(gradient, name);
                      assertArrayEquals(parameter.shape(), gradient.shape(), name);
                      assertTrue(Double.isFinite(gradient.norm2Number().doubleValue()), name);
                      if (SCALES.contains(name)) {
                        assertEquals(0, gradient.norm2Number().doubleValue(), name);
                        calls[0]++;
                      }
                    });
          }
        });

    SmallNetwork.data(2).forEach(network::fit);

    assertEquals(2 * SCALES.size(), calls[0]);
    assertEquals(
        network.numParams(),
        network.paramTable().values().stream().mapToLong(INDArray::length).sum());
    assertTrue(network.summary().contains("s:"), network::summary);
  }

  @Test
  void nonFiniteWeightsAreStillRefused() {
    MultiLayerNetwork network = network(new Sgd(0.1), Granularity.PER_TENSOR);
    network.fit(SmallNetwork.data(1).get(0));
    network.getParam("4_W").putScalar(0, Float.NaN);

    NonFiniteWeightException thrown =
        assertThrows(NonFiniteWeightException.class, () -> network.output(SmallNetwork.features()));

    assertTrue(
        thrown.getMessage().startsWith("Parameter \"W\" of layer \"layer4\" (index 4)"),
        thrown.getMessage());
  }

  @Test
  void noUpdaterKeepsStateForIt() {
    MultiLayerNetwork fixed = network(new Adam(0.1), Granularity.PER_CHANNEL);
    MultiLayerNetwork dynamic =
        SmallNetwork.create(
            new NeuralNetConfiguration.Builder().updater(new Adam(0.1)), WeightQuantization.PAPER);

    assertEquals(
        dynamic.getUpdater().getStateViewArray().length(),
        fixed.getUpdater().getStateViewArray().length());
  }

  @Test
  void weightNoiseDoesNotCount() {
    MultiLayerNetwork network =
        SmallNetwork.create(
            new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.1))
                .weightNoise(new CountingNoise()),
            fixed(Granularity.PER_CHANNEL));
    INDArray[] expected =
        SCALES.stream().map(key -> dynamicScale(network, key)).toArray(INDArray[]::new);

    network.fit(SmallNetwork.data(1).get(0));

    for (int i = 0; i < expected.length; i++) {
      assertIdentical(SCALES.get(i), expected[i], network.getParam(SCALES.get(i)));
    }
  }

  @Test
  void aFrozenLayersBackwardPassDoesNotSetIt() {
    Layer[] layers = SmallNetwork.layers(fixed(Granularity.PER_TENSOR));
    layers[4] = new FrozenLayerWithBackprop(layers[4]);
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)), SmallNetwork.INPUT, layers);

    network.fit(SmallNetwork.data(1).get(0));

    assertEquals(0, network.getParam("4_s").getDouble(0));
    assertTrue(network.getParam("0_s").getDouble(0) > 0);
  }

  @Test
  void aDynamicScaleIsNoParameter() {
    MultiLayerNetwork network =
        SmallNetwork.create(new NeuralNetConfiguration.Builder(), WeightQuantization.PAPER);

    for (String key : SCALES) {
      assertTrue(!network.paramTable().containsKey(key), key);
    }
  }

  private static void assertScalesStayWhileWeightsMove(MultiLayerNetwork network) {
    INDArray[] scales =
        SCALES.stream().map(key -> dynamicScale(network, key)).toArray(INDArray[]::new);
    INDArray weights = network.getParam("4_W").dup();
    for (DataSet data : SmallNetwork.data(3)) {
      network.fit(data);
      for (int i = 0; i < scales.length; i++) {
        assertIdentical(SCALES.get(i), scales[i], network.getParam(SCALES.get(i)));
      }
    }
    assertTrue(weights.distance2(network.getParam("4_W")) > 1e-3, "the weights moved");
    assertTrue(Arrays.stream(elements(network.params())).allMatch(Double::isFinite), "all finite");
  }

  private static INDArray dynamicScale(MultiLayerNetwork network, String key) {
    int index = Integer.parseInt(key.substring(0, 1));
    QuantizedLayer layer = (QuantizedLayer) network.getLayer(index).conf().getLayer();
    return Networks.quantizer(layer).scale(network.getLayer(index).getParam("W"), () -> key);
  }

  private static MultiLayerNetwork network(IUpdater updater, Granularity granularity) {
    return SmallNetwork.create(
        new NeuralNetConfiguration.Builder().updater(updater), fixed(granularity));
  }

  private static WeightQuantization fixed(Granularity granularity) {
    return WeightQuantization.PAPER.withScaleMode(ScaleMode.FIXED).withGranularity(granularity);
  }
}
