package org.dl4j.q4.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.ConversionReport.Entry;
import org.dl4j.q4.convert.ConversionReport.Outcome;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.FastConvolutionLayer;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.layers.QuantizedLayer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A small image classifier of stock layers, there and back. */
class Q4ConverterTest {

  private static final int CLASSES = 3;

  private static MultiLayerConfiguration configuration() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .dataType(DataType.DOUBLE)
        .updater(new Adam(0.01))
        .l2(1e-3)
        .activation(Activation.RELU)
        .list()
        .layer(
            new ConvolutionLayer.Builder(3, 3)
                .name("conv")
                .nOut(4)
                .constrainWeights(new MaxNormConstraint(2, 1, 2, 3))
                .build())
        .layer(new BatchNormalization.Builder().name("bn").build())
        .layer(new PReLULayer.Builder().name("prelu").inputShape(4, 6, 6).build())
        .layer(new SubsamplingLayer.Builder().name("pool").kernelSize(2, 2).stride(2, 2).build())
        .layer(new DenseLayer.Builder().name("dense").nOut(7).dropOut(0.8).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(8, 8, 2))
        .build();
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration());
    network.init();
    return network;
  }

  private static DataSet data() {
    Random random = Nd4j.getRandomFactory().getNewRandomInstance(5);
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, 6, CLASSES);
    for (int i = 0; i < 6; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    return new DataSet(Nd4j.rand(random, 6, 2, 8, 8).castTo(DataType.DOUBLE), labels);
  }

  private static MultiLayerNetwork trained() {
    MultiLayerNetwork network = network();
    for (int i = 0; i < 3; i++) {
      network.fit(data());
    }
    return network;
  }

  private static Layer conf(MultiLayerNetwork network, int layer) {
    return network.getLayer(layer).conf().getLayer();
  }

  private static List<Outcome> outcomes(ConversionReport report) {
    return report.entries().stream().map(Entry::outcome).collect(Collectors.toList());
  }

  @Test
  void aModelOfUnknownKindIsConvertedAsWhatItIs() {
    Model network = network();
    Conversion<? extends Model> conversion = Q4Converter.standard().convert(network);
    assertInstanceOf(MultiLayerNetwork.class, conversion.result());
    assertEquals(network.params(), conversion.result().params());
    Model back =
        Q4Converter.toFullPrecision(conversion.result(), FullPrecisionWeights.FLOAT).result();
    assertEquals(network.params(), back.params());
    Model layer = ((MultiLayerNetwork) network).getLayer(0);
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Q4Converter.standard().convert(layer));
    assertTrue(thrown.getMessage().contains("found " + layer.getClass().getName()));
  }

  @Test
  void swapsWhatHasACounterpart() {
    Conversion<MultiLayerNetwork> conversion = Q4Converter.standard().convert(trained());

    MultiLayerNetwork q4 = conversion.result();
    assertInstanceOf(Q4ConvolutionLayer.class, conf(q4, 0));
    assertInstanceOf(Q4DenseLayer.class, conf(q4, 4));
    assertInstanceOf(Q4OutputLayer.class, conf(q4, 5));
    assertEquals(
        List.of(
            Outcome.SWAPPED,
            Outcome.UNSUPPORTED,
            Outcome.UNSUPPORTED,
            Outcome.NO_WEIGHTS,
            Outcome.SWAPPED,
            Outcome.SWAPPED),
        outcomes(conversion.report()));
    Entry first = conversion.report().entries().get(0);
    assertEquals("conv (ConvolutionLayer): Q4ConvolutionLayer", first.toString());
    assertEquals("layer5", conversion.report().entries().get(5).name());
    assertEquals(3, conversion.report().entries(Outcome.SWAPPED).size());
  }

  @Test
  void leavesWhatIsHandedIn() {
    MultiLayerNetwork network = trained();
    String json = network.getLayerWiseConfigurations().toJson();
    INDArray parameters = network.params().dup();
    INDArray state = network.getUpdater().getStateViewArray().dup();

    MultiLayerNetwork q4 = Q4Converter.standard().convert(network).result();
    q4.fit(data());

    assertEquals(json, network.getLayerWiseConfigurations().toJson());
    assertEquals(parameters, network.params());
    assertEquals(state, network.getUpdater().getStateViewArray());
  }

  /** All of a layer but what is new: the way back gives the same configuration. */
  @Test
  void theWayBackIsTheNetworkItself() {
    MultiLayerNetwork network = trained();

    MultiLayerNetwork back =
        Q4Converter.toFullPrecision(
                Q4Converter.standard().convert(network).result(), FullPrecisionWeights.FLOAT)
            .result();

    assertEquals(network.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
    assertEquals(network.params(), back.params());
    assertEquals(network.getIterationCount(), back.getIterationCount());
    // And trains on as it would have: updater state, counts, regularization, constraints.
    Nd4j.getRandom().setSeed(3);
    network.fit(data());
    Nd4j.getRandom().setSeed(3);
    back.fit(data());
    assertEquals(network.params(), back.params());
  }

  @Test
  void predictsAsTheStockNetworkWithTheQuantizedWeights() {
    MultiLayerNetwork q4 = Q4Converter.standard().convert(trained()).result();

    Conversion<MultiLayerNetwork> back =
        Q4Converter.toFullPrecision(q4, FullPrecisionWeights.QUANTIZED);

    INDArray images = data().getFeatures();
    assertEquals(0, q4.output(images).distance2(back.result().output(images)), 1e-14);
    assertNotEquals(q4.params(), back.result().params());
    assertFalse(
        back.result().getLayerWiseConfigurations().toJson().contains("org.dl4j.q4"),
        back.report()::toString);
    assertEquals(QuantizedWeights.values(q4.getLayer(0)).get("W"), back.result().getParam("0_W"));
  }

  @Test
  void keepsTheUpdatersState() {
    MultiLayerNetwork network = trained();

    MultiLayerNetwork q4 = Q4Converter.standard().convert(network).result();

    assertEquals(network.getUpdater().getStateViewArray(), q4.getUpdater().getStateViewArray());
    assertEquals(3, q4.getIterationCount());
    assertTrue(conf(q4, 0).getConstraints().get(0) instanceof MaxNormConstraint);
    assertEquals(
        ((DenseLayer) conf(network, 4)).getRegularization(),
        ((Q4DenseLayer) conf(q4, 4)).getRegularization());
  }

  @Test
  void convertingAgainChangesNothing() {
    MultiLayerNetwork q4 = Q4Converter.standard().convert(trained()).result();

    Conversion<MultiLayerNetwork> again = Q4Converter.builder().bits(2).build().convert(q4);

    assertEquals(q4.getLayerWiseConfigurations(), again.result().getLayerWiseConfigurations());
    assertEquals(3, again.report().entries(Outcome.ALREADY).size());
  }

  @Test
  void thePolicyDecides() {
    Q4Converter converter =
        Q4Converter.builder()
            .bits(3)
            .granularity(Granularity.PER_CHANNEL)
            .softClip(0.5)
            .keepFirst()
            .keep(OutputLayer.class)
            .build();

    Conversion<MultiLayerConfiguration> conversion = converter.convert(configuration());

    assertEquals(2, conversion.report().entries(Outcome.KEPT).size());
    assertEquals(
        "kept: the first layer", conversion.report().entries(Outcome.KEPT).get(0).detail());
    QuantizedLayer dense = (QuantizedLayer) conversion.result().getConf(4).getLayer();
    assertEquals(
        WeightQuantization.PAPER
            .withBits(3)
            .withGranularity(Granularity.PER_CHANNEL)
            .withSoftClip(0.5),
        dense.getQuantization());
    assertEquals(ConvolutionLayer.class, conversion.result().getConf(0).getLayer().getClass());
  }

  @Test
  void keepsTheLastAndTheNamed() {
    Conversion<MultiLayerConfiguration> conversion =
        Q4Converter.builder().keepLast().keep("dense").build().convert(configuration());

    assertEquals(1, conversion.report().entries(Outcome.SWAPPED).size());
    assertEquals(OutputLayer.class, conversion.result().getConf(5).getLayer().getClass());
    assertEquals(DenseLayer.class, conversion.result().getConf(4).getLayer().getClass());
  }

  @Test
  void theRestOnFastKernels() {
    MultiLayerNetwork network = trained();

    MultiLayerNetwork q4 =
        Q4Converter.builder().fastKernels().keepFirst().build().convert(network).result();

    assertInstanceOf(FastConvolutionLayer.class, conf(q4, 0));
    assertInstanceOf(FastBatchNormalization.class, conf(q4, 1));
    assertInstanceOf(Q4DenseLayer.class, conf(q4, 4));
    INDArray images = data().getFeatures();
    INDArray expected =
        Q4Converter.builder().keepFirst().build().convert(network).result().output(images);
    assertEquals(0, expected.distance2(q4.output(images)), 1e-12);
  }

  @Test
  void namesALayerThatIsNotThere() {
    Q4Converter converter = Q4Converter.builder().keep("dnese").build();

    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> converter.convert(configuration()));

    assertTrue(failure.getMessage().contains("found [dnese]; the layers are [bn, conv, dense"));
  }
}
