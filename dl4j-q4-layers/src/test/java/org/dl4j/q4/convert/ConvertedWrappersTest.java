package org.dl4j.q4.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.convert.ConversionReport.Outcome;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers inside of others. */
class ConvertedWrappersTest {

  private static LSTM lstm() {
    return new LSTM.Builder().nIn(3).nOut(4).build();
  }

  private static DenseLayer dense() {
    return new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.TANH).build();
  }

  static Stream<Layer> wrappers() {
    return Stream.of(
        new Bidirectional(Bidirectional.Mode.ADD, lstm()),
        new MaskZeroLayer.Builder().setUnderlying(lstm()).setMaskValue(0).build(),
        new FrozenLayer.Builder().layer(lstm()).build(),
        new FrozenLayerWithBackprop(lstm()),
        new TimeDistributed(dense(), RNNFormat.NCW));
  }

  private static MultiLayerNetwork network(Layer wrapper) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01))
                .list()
                .layer(wrapper)
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.recurrent(3, 5))
                .build());
    network.init();
    return network;
  }

  private static INDArray random(long seed, long... shape) {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(seed), shape)
        .castTo(DataType.DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("wrappers")
  void theLayerInsideIsSwapped(Layer wrapper) {
    MultiLayerNetwork network = network(wrapper);

    Conversion<MultiLayerNetwork> conversion = Q4Converter.standard().convert(network);

    int layers = wrapper instanceof Bidirectional ? 3 : 2; // one for each direction
    assertEquals(
        layers, conversion.report().entries(Outcome.SWAPPED).size(), conversion.report()::toString);
    assertEquals(1, conversion.report().entries(Outcome.NO_WEIGHTS).size());
    MultiLayerNetwork q4 = conversion.result();
    assertEquals(
        wrapper.getClass(), q4.getLayerWiseConfigurations().getConf(0).getLayer().getClass());
    INDArray features = random(1, 2, 3, 5);
    MultiLayerNetwork expected =
        Q4Converter.toFullPrecision(q4, FullPrecisionWeights.QUANTIZED).result();
    assertTrue(network.output(features).distance2(q4.output(features)) > 1e-3);
    assertEquals(0, expected.output(features).distance2(q4.output(features)), 1e-14);
  }

  @ParameterizedTest
  @MethodSource("wrappers")
  void itsWeightsAreFound(Layer wrapper) {
    MultiLayerNetwork q4 = Q4Converter.standard().convert(network(wrapper)).result();

    Map<String, QuantizedTensor> weights = QuantizedWeights.of(q4.getLayer(0));

    assertEquals(
        wrapper instanceof Bidirectional
            ? Set.of("fW", "fRW", "bW", "bRW")
            : wrapper instanceof TimeDistributed ? Set.of("W") : Set.of("W", "RW"),
        weights.keySet());
  }

  /** As imported from Keras, and with fixed scales. */
  @Test
  void theLastStepOfBothDirections() {
    LSTM lstm = // two wrappers deep, DL4J's global options do not reach it
        new LSTM.Builder()
            .nIn(3)
            .nOut(4)
            .weightInit(WeightInit.XAVIER)
            .activation(Activation.TANH)
            .biasInit(0)
            .updater(new Adam(0.01))
            .build();
    Layer wrapper = new Bidirectional(Bidirectional.Mode.ADD, new LastTimeStep(lstm));
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(wrapper)
                .setInputType(InputType.recurrent(3, 5))
                .build());
    network.init();

    MultiLayerNetwork q4 =
        Q4Converter.builder()
            .quantization(new WeightQuantization(4, Granularity.PER_CHANNEL, ScaleMode.FIXED, 3))
            .build()
            .convert(network)
            .result();

    assertEquals(Set.of("fW", "fRW", "bW", "bRW"), QuantizedWeights.of(q4.getLayer(0)).keySet());
    assertEquals(Set.of("fs", "fsRW", "bs", "bsRW"), QuantizedWeights.fixedScales(q4.getLayer(0)));
    assertEquals(network.numParams(), NetworkSummary.of(q4).parameters());
    INDArray features = random(1, 2, 3, 5);
    MultiLayerNetwork expected =
        Q4Converter.toFullPrecision(q4, FullPrecisionWeights.QUANTIZED).result();
    assertEquals(0, expected.output(features).distance2(q4.output(features)), 1e-14);
  }

  @Test
  void bothDirectionsAreOneLayerToThePolicy() {
    MultiLayerNetwork network = network(new Bidirectional(Bidirectional.Mode.ADD, lstm()));
    for (Q4Converter converter :
        List.of(
            Q4Converter.builder().keepFirst().build(),
            Q4Converter.builder().keep(Bidirectional.class).build())) {
      ConversionReport report = converter.convert(network).report();
      assertEquals(2, report.entries(Outcome.KEPT).size(), report::toString);
      assertEquals(1, report.entries(Outcome.SWAPPED).size(), report::toString);
    }
  }

  /** And it still trains, soft clip included, but for a frozen one. */
  @ParameterizedTest
  @MethodSource("wrappers")
  void itTrains(Layer wrapper) {
    MultiLayerNetwork q4 =
        Q4Converter.builder().softClip(0.05).build().convert(network(wrapper)).result();
    INDArray before = q4.getLayer(0).params().dup();
    INDArray features = random(1, 2, 3, 5);
    INDArray labels = random(2, 2, 2, 5);

    for (int i = 0; i < 5; i++) {
      q4.fit(features, labels);
    }

    boolean frozen = wrapper instanceof FrozenLayer || wrapper instanceof FrozenLayerWithBackprop;
    assertEquals(frozen, before.equals(q4.getLayer(0).params()));
    if (!frozen) {
      QuantizedWeights.values(q4.getLayer(0))
          .values()
          .forEach(values -> assertTrue(values.amaxNumber().doubleValue() <= 0.05 + 1e-8));
    }
  }
}
