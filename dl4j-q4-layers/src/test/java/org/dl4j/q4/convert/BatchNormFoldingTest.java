package org.dl4j.q4.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
  @Test
  void perChannelFoldingAndQuantizingChangePlaces() {
    Q4Converter converter = Q4Converter.builder().granularity(Granularity.PER_CHANNEL).build();
    MultiLayerNetwork quantized =
        converter.convert(BatchNormNetworks.network(CNN2DFormat.NCHW)).result();
    INDArray images = BatchNormNetworks.images(7);
    INDArray expected = quantized.output(images);

    INDArray found = BatchNormFolding.fold(quantized).result().output(images);

    assertEquals(0, expected.distance2(found), 1e-5 * expected.norm2Number().doubleValue());
  }

  /** A fixed scale per channel goes along with its channel. */
  @ParameterizedTest
  @EnumSource(Granularity.class)
  void withFixedScales(Granularity granularity) {
    MultiLayerNetwork quantized =
        Q4Converter.builder()
            .quantization(new WeightQuantization(4, granularity, ScaleMode.FIXED, 0))
            .build()
            .convert(BatchNormNetworks.network(CNN2DFormat.NCHW))
            .result();
    INDArray images = BatchNormNetworks.images(7);
    quantized.fit(images, Nd4j.zeros(DataType.DOUBLE, 8, 3)); // sets the scales

    MultiLayerNetwork folded = BatchNormFolding.fold(quantized).result();

    double difference = BatchNormFolding.outputDifference(quantized, folded, images);
    assertEquals(0, difference, granularity == Granularity.PER_CHANNEL ? 1e-12 : 0.5);
    assertEquals(granularity == Granularity.PER_TENSOR, folded.getParam("0_s").getDouble(0) == 0);
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

  /** One scale for the tensor fits other codes: the outputs differ, within the grid's steps. */
  @Test
  void perTensorTheyDoNot() {
    MultiLayerNetwork quantized =
        Q4Converter.standard().convert(BatchNormNetworks.network(CNN2DFormat.NCHW)).result();
    INDArray images = BatchNormNetworks.images(7);

    double error =
        BatchNormFolding.outputDifference(
            quantized, BatchNormFolding.fold(quantized).result(), images);

    assertTrue(error > 1e-3 && error < 0.5, "relative error " + error);
  }
}
