package org.dl4j.q4.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.NonFiniteWeightException;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks without their batch norms compute what they did with them. */
class BatchNormFoldingTest {

  private static List<String> lines(ConversionReport report) {
    return report.entries().stream().map(Object::toString).collect(Collectors.toList());
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void aNetworkComputesTheSame(CNN2DFormat format) {
    MultiLayerNetwork network = BatchNormNetworks.network(format);
    INDArray parameters = network.params().dup();

    Conversion<MultiLayerNetwork> folded = BatchNormFolding.fold(network);

    assertEquals(
        List.of(
            "bn1 (BatchNormalization): folded into conv1",
            "bn2 (FastBatchNormalization): folded into conv2",
            "bn3 (BatchNormalization): folded into conv3",
            "bn4 (FastBatchNormalization): folded into dense",
            "bn5 (FastBatchNormalization): left: the layer before it has an activation function"),
        lines(folded.report()));
    assertEquals(8, folded.result().getnLayers());
    INDArray images = BatchNormNetworks.input(format, 7);
    INDArray expected = network.output(images);
    double error = expected.distance2(folded.result().output(images));
    assertEquals(0, error, 1e-12 * expected.norm2Number().doubleValue());
    assertEquals(parameters, network.params());
  }

  @Test
  void aGraphComputesTheSame() {
    ComputationGraph graph = BatchNormNetworks.graph();

    Conversion<ComputationGraph> folded = BatchNormFolding.fold(graph);

    assertEquals(
        List.of(
            "bn1 (BatchNormalization): folded into conv1",
            "bn2 (BatchNormalization): folded into conv2",
            "bn3 (BatchNormalization): left: others read the layer before it, too"),
        lines(folded.report()));
    INDArray images = BatchNormNetworks.images(7);
    INDArray expected = graph.outputSingle(images);
    double error = expected.distance2(folded.result().outputSingle(images));
    assertEquals(0, error, 1e-12 * expected.norm2Number().doubleValue());
  }

  /** A factor for each channel goes into the channel's scale, and leaves the codes. */
  @ParameterizedTest
  @CsvSource({
    "PER_TENSOR, DYNAMIC",
    "PER_CHANNEL, DYNAMIC",
    "PER_TENSOR, FIXED",
    "PER_CHANNEL, FIXED"
  })
  void aQuantizedNetworkComputesTheSame(Granularity granularity, ScaleMode scaleMode) {
    MultiLayerNetwork quantized =
        Q4Converter.builder()
            .quantization(new WeightQuantization(4, granularity, scaleMode, 0))
            .build()
            .convert(BatchNormNetworks.network(CNN2DFormat.NCHW))
            .result();
    INDArray images = BatchNormNetworks.images(7);
    quantized.fit(images, Nd4j.zeros(DataType.DOUBLE, 8, 3)); // sets fixed scales

    MultiLayerNetwork folded = BatchNormFolding.fold(quantized).result();

    assertEquals(0, BatchNormFolding.outputDifference(quantized, folded, images), 1e-12);
    assertEquals(
        QuantizedWeights.of(quantized.getLayer(0)).get("W").levelsUsed(),
        QuantizedWeights.of(folded.getLayer(0)).get("W").levelsUsed(),
        1); // a sign may change for some channels
  }

  /** Batch norm may multiply with 0 or a negative number. */
  @Test
  void channelsThatAreTurnedOffOrAround() {
    MultiLayerNetwork quantized =
        Q4Converter.standard().convert(BatchNormNetworks.network(CNN2DFormat.NCHW)).result();
    INDArray gamma = quantized.getParam("1_gamma");
    gamma.putScalar(0, 0);
    gamma.putScalar(1, -2);
    INDArray images = BatchNormNetworks.images(7);

    MultiLayerNetwork folded = BatchNormFolding.fold(quantized).result();

    assertEquals(0, BatchNormFolding.outputDifference(quantized, folded, images), 1e-12);
    QuantizedTensor before = QuantizedWeights.of(quantized.getLayer(0)).get("W");
    QuantizedTensor after = QuantizedWeights.of(folded.getLayer(0)).get("W");
    assertEquals(0, after.codes().slice(0).castTo(DataType.INT32).amaxNumber().intValue());
    assertEquals(
        before.codes().slice(1).castTo(DataType.INT32),
        after.codes().slice(1).castTo(DataType.INT32).neg());
  }

  /** So small that its product with the scale is 0 in FLOAT: the channel is turned off. */
  @Test
  void aFactorThatUnderflows() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new Q4DenseLayer.Builder()
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new FastBatchNormalization.Builder().nOut(2).build())
                .build());
    network.init();
    network.getParam("1_gamma").putScalar(0, Float.MIN_VALUE);
    INDArray input = Nd4j.rand(DataType.FLOAT, 4, 3);

    INDArray output = BatchNormFolding.fold(network).result().output(input);

    assertEquals(0, output.getColumn(0).amaxNumber().doubleValue(), 1e-30);
    assertEquals(0, network.output(input).distance2(output), 1e-6);
    network.getParam("1_gamma").putScalar(0, Float.NaN);
    NonFiniteWeightException thrown =
        assertThrows(NonFiniteWeightException.class, () -> BatchNormFolding.fold(network));
    assertTrue(thrown.getMessage().contains("batch norm"), thrown::getMessage);
  }

  /** Deeplearning4j then names all of them after the last vertex. */
  @Test
  void verticesThatShareAConfiguration() {
    Q4DenseLayer dense =
        new Q4DenseLayer.Builder().nIn(3).nOut(3).activation(Activation.IDENTITY).build();
    BatchNormalization norm = new BatchNormalization.Builder().nOut(3).build();
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("a", dense, "in")
                .addLayer("norm-a", norm, "a")
                .addLayer("b", dense, "norm-a")
                .addLayer("norm-b", norm, "b")
                .addLayer("out", new DenseLayer.Builder().nIn(3).nOut(2).build(), "norm-b")
                .setOutputs("out")
                .build());
    graph.init();
    INDArray input = Nd4j.rand(DataType.FLOAT, 4, 3);

    Conversion<ComputationGraph> folded = BatchNormFolding.fold(graph);

    assertEquals(
        List.of(
            "norm-a (BatchNormalization): folded into a",
            "norm-b (BatchNormalization): folded into b"),
        lines(folded.report()));
    assertEquals(0, BatchNormFolding.outputDifference(graph, folded.result(), input), 1e-5);
  }

  /** Their conf() shows the layer inside, whose JSON is elsewhere. */
  @Test
  void frozenLayersAreLeft() {
    MultiLayerNetwork frozen =
        new TransferLearning.Builder(BatchNormNetworks.network(CNN2DFormat.NCHW))
            .setFeatureExtractor(4)
            .build();

    Conversion<MultiLayerNetwork> folded = BatchNormFolding.fold(frozen);

    assertEquals(
        List.of("bn1", "bn2", "bn5"),
        folded.report().entries(ConversionReport.Outcome.UNSUPPORTED).stream()
            .map(ConversionReport.Entry::name)
            .collect(Collectors.toList()));
    INDArray images = BatchNormNetworks.images(7);
    assertEquals(0, BatchNormFolding.outputDifference(frozen, folded.result(), images), 1e-12);
  }
}
