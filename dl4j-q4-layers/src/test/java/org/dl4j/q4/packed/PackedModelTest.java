package org.dl4j.q4.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.BatchNormFolding;
import org.dl4j.q4.convert.Q4Converter;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Packing, writing, reading and unpacking loses no bit that inference uses. */
class PackedModelTest {

  private static PackedModel throughAFile(PackedModel model) throws IOException {
    Path file = Files.createTempFile("model", ".q4");
    try {
      model.write(file);
      assertEquals(Files.size(file), model.fileLength());
      return PackedModel.read(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void assertSameWeights(Layer[] expected, Layer[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      Map<String, QuantizedTensor> before = QuantizedWeights.of(expected[i]);
      Map<String, QuantizedTensor> after = QuantizedWeights.of(actual[i]);
      assertEquals(before.keySet(), after.keySet());
      before.forEach(
          (key, tensor) -> {
            assertFalse(tensor.codes().neq(after.get(key).codes()).any());
            assertFalse(tensor.scale().neq(after.get(key).scale()).any());
          });
      Layer layer = actual[i];
      expected[i]
          .paramTable()
          .forEach(
              (key, values) -> {
                if (!before.containsKey(key)) {
                  assertFalse(values.neq(layer.paramTable().get(key)).any(), key);
                }
              });
    }
  }

  @Property(tries = 1000)
  void aNetworkComesBackBitForBit(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int channels,
      @ForAll boolean isDouble,
      @ForAll("quantizations") WeightQuantization quantization)
      throws IOException {
    DataType type = isDouble ? DataType.DOUBLE : DataType.FLOAT;
    MultiLayerNetwork network = PackedNetworks.network(seed, type, quantization, channels);
    INDArray input = PackedNetworks.input(seed, type);
    INDArray expected = network.output(input);

    MultiLayerNetwork back =
        assertInstanceOf(MultiLayerNetwork.class, throughAFile(PackedModel.of(network)).network());

    assertSameWeights(network.getLayers(), back.getLayers());
    assertFalse(expected.neq(back.output(input)).any());
  }

  @Provide
  Arbitrary<WeightQuantization> quantizations() {
    return Combinators.combine(
            Arbitraries.integers().between(2, 8),
            Arbitraries.of(Granularity.class),
            Arbitraries.of(ScaleMode.class))
        .as(
            (bits, granularity, scale) ->
                WeightQuantization.PAPER
                    .withBits(bits)
                    .withGranularity(granularity)
                    .withScaleMode(scale));
  }

  @Test
  void aGraphComesBackBitForBit() throws IOException {
    ComputationGraph graph = PackedNetworks.graph(5, DataType.FLOAT, WeightQuantization.PAPER);
    INDArray input = PackedNetworks.input(5, DataType.FLOAT);

    ComputationGraph back =
        assertInstanceOf(ComputationGraph.class, throughAFile(PackedModel.of(graph)).network());

    assertSameWeights(graph.getLayers(), back.getLayers());
    assertEquals(graph.getEpochCount(), back.getEpochCount());
    assertFalse(graph.outputSingle(input).neq(back.outputSingle(input)).any());
  }

  @Test
  void wrappedAndRecurrentLayersComeBack() throws IOException {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .activation(Activation.TANH)
                .list()
                .layer(new FrozenLayer(new DenseLayer.Builder().nIn(3).nOut(4).build()))
                .layer(new Bidirectional(new LSTM.Builder().nOut(3).build()))
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(3))
                .build());
    stock.init();
    MultiLayerNetwork network = Q4Converter.standard().convert(stock).result();
    INDArray input = Nd4j.rand(DataType.FLOAT, 2, 3, 5);

    PackedModel model = PackedModel.of(network);
    MultiLayerNetwork back = (MultiLayerNetwork) throughAFile(model).network();

    assertEquals(6, model.tensors().stream().filter(PackedTensor::isQuantized).count());
    assertSameWeights(network.getLayers(), back.getLayers());
    assertFalse(network.output(input).neq(back.output(input)).any());
  }

  /** Folded, channels have scales of their own, and largest codes below 7. */
  @Test
  void aFoldedNetworkComesBack() throws IOException {
    MultiLayerNetwork network =
        PackedNetworks.network(4, DataType.FLOAT, WeightQuantization.PAPER, 5);
    MultiLayerNetwork folded = BatchNormFolding.fold(network).result();
    assertEquals(network.getnLayers() - 1, folded.getnLayers());
    INDArray input = PackedNetworks.input(4, DataType.FLOAT);

    MultiLayerNetwork back = (MultiLayerNetwork) throughAFile(PackedModel.of(folded)).network();

    assertSameWeights(folded.getLayers(), back.getLayers());
    assertFalse(folded.output(input).neq(back.output(input)).any());
  }

  @Test
  void aScaleThatIsFixedButNotSetYetStaysSo() throws IOException {
    MultiLayerNetwork untrained =
        new MultiLayerNetwork(
            PackedNetworks.network(
                    1, DataType.FLOAT, WeightQuantization.PAPER.withScaleMode(ScaleMode.FIXED), 2)
                .getLayerWiseConfigurations()
                .clone());
    untrained.init();
    MultiLayerNetwork back = (MultiLayerNetwork) throughAFile(PackedModel.of(untrained)).network();
    assertEquals(0, back.getLayer(0).getParam("s").getDouble(0));
    assertSameWeights(untrained.getLayers(), back.getLayers());
  }

  @Test
  void trainingGoesOn() throws IOException {
    ComputationGraph graph = PackedNetworks.graph(5, DataType.FLOAT, WeightQuantization.PAPER);
    ComputationGraph back = (ComputationGraph) throughAFile(PackedModel.of(graph)).network();
    INDArray input = PackedNetworks.input(9, DataType.FLOAT);
    INDArray labels = Nd4j.eye(3).castTo(DataType.FLOAT).getRows(0, 1, 2, 1);
    back.fit(new INDArray[] {input}, new INDArray[] {labels});
    double first = back.score();
    for (int i = 0; i < 30; i++) {
      back.fit(new INDArray[] {input}, new INDArray[] {labels});
    }
    assertTrue(back.score() < first / 2, first + " became " + back.score());
    assertEquals(graph.getIterationCount() + 31, back.getIterationCount());
  }

  @Test
  void labelsAndImageInputComeAlong() throws IOException {
    PackedModel model =
        PackedModel.of(PackedNetworks.network(1, DataType.FLOAT, WeightQuantization.PAPER, 2))
            .withLabels(List.of("Kätzchen", "", "犬"))
            .withImageInput(new ImageInput(8, 9, new float[] {0.5f, 0.25f}, new float[] {2, -1}));
    PackedModel read = throughAFile(model);
    assertEquals(List.of("Kätzchen", "", "犬"), read.labels());
    ImageInput pixels = read.imageInput().orElseThrow();
    assertEquals(8, pixels.height());
    assertEquals(9, pixels.width());
    assertEquals(2, pixels.channels());
    assertEquals(0.25f, pixels.apply(0, 255)); // (1 − 0.5) / 2
    assertEquals(0.25f, pixels.apply(1, 0)); // (0 − 0.25) / −1
    assertTrue(throughAFile(PackedModel.of(read.network())).imageInput().isEmpty());
  }

  @Test
  void halfPrecisionIsRefused() {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT16)
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(2).build())
                .build());
    stock.init();
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> PackedModel.of(stock));
    assertTrue(thrown.getMessage().contains("found HALF: parameter W of 0"), thrown::getMessage);
  }

  @Test
  void itsPartsCannotBeChanged() {
    PackedModel model =
        PackedModel.of(PackedNetworks.network(1, DataType.FLOAT, WeightQuantization.PAPER, 2));
    PackedTensor bias = model.tensors().get(0);
    PackedTensor tensor = model.tensors().get(1);
    assertArrayEquals(new long[] {2, 2, 3, 3}, tensor.shape());
    tensor.shape()[0] = 9;
    assertArrayEquals(new long[] {2, 2, 3, 3}, tensor.shape());
    assertThrows(UnsupportedOperationException.class, () -> model.tensors().remove(0));
    assertThrows(IllegalStateException.class, tensor::values);
    assertThrows(IllegalStateException.class, bias::quantized);
  }
}
