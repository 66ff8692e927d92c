package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.FieldEquality.assertSameFields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.train.PaperRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** JSON and YAML of configurations in which no option has its default. */
class ConfigurationRoundTripTest {

  @Test
  void multiLayerConfiguration() {
    MultiLayerConfiguration conf =
        PaperRecipe.standard()
            .apply(new NeuralNetConfiguration.Builder())
            .list(layers().toArray(new Layer[0]))
            .build();

    MultiLayerConfiguration json = MultiLayerConfiguration.fromJson(conf.toJson());
    MultiLayerConfiguration yaml = MultiLayerConfiguration.fromYaml(conf.toYaml());

    for (MultiLayerConfiguration read : List.of(json, yaml)) {
      assertEquals(conf, read);
      assertEquals(conf.toJson(), read.toJson()); // equals may not look at everything
      for (int i = 0; i < layers().size(); i++) {
        Layer layer = conf.getConf(i).getLayer();
        assertSameFields(layer, read.getConf(i).getLayer(), layer.getClass());
      }
    }
  }

  @Test
  void computationGraphConfiguration() {
    ComputationGraphConfiguration.GraphBuilder builder =
        PaperRecipe.standard()
            .apply(new NeuralNetConfiguration.Builder())
            .graphBuilder()
            .addInputs("in");
    String last = "in";
    for (Layer layer : layers()) {
      String name = layer.getClass().getSimpleName();
      builder.addLayer(name, layer, last);
      last = name;
    }
    ComputationGraphConfiguration conf = builder.setOutputs(last).build();

    ComputationGraphConfiguration json = ComputationGraphConfiguration.fromJson(conf.toJson());
    ComputationGraphConfiguration yaml = ComputationGraphConfiguration.fromYaml(conf.toYaml());

    for (ComputationGraphConfiguration read : List.of(json, yaml)) {
      assertEquals(conf, read);
      assertEquals(conf.toJson(), read.toJson());
      conf.getVertices()
          .forEach(
              (name, vertex) -> {
                Layer layer = layer(vertex);
                assertSameFields(layer, layer(read.getVertices().get(name)), layer.getClass());
              });
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aCloneIsEqualAndIndependent(Layer layer) {
    Layer clone = layer.clone();

    assertEquals(layer, clone);
    assertEquals(layer.hashCode(), clone.hashCode());
    assertEquals(layer.toString(), clone.toString());
    assertSameFields(layer, clone, layer.getClass());
    clone.setLayerName("another");
    assertEquals("named", layer.getLayerName());
    assertNotEquals(layer, clone);
  }

  @Test
  void aLayerNeverEqualsItsParent() {
    // Else a configuration with one would pass for a configuration with the other.
    ConvolutionLayer stock = BuilderOptions.convolution(new ConvolutionLayer.Builder()).build();
    ConvolutionLayer fast = BuilderOptions.convolution(new FastConvolutionLayer.Builder()).build();
    ConvolutionLayer quantized =
        BuilderOptions.convolution(new Q4ConvolutionLayer.Builder()).build();

    List<ConvolutionLayer> layers = List.of(stock, fast, quantized);
    for (int i = 0; i < layers.size(); i++) {
      for (int j = 0; j < layers.size(); j++) {
        assertEquals(i == j, layers.get(i).equals(layers.get(j)), i + " and " + j);
      }
    }
    assertNotEquals(new BatchNormalization(), new FastBatchNormalization());
    assertNotEquals(new FastBatchNormalization(), new BatchNormalization());
    for (Layer[] pair :
        new Layer[][] {
          {new DenseLayer.Builder().build(), new FastDenseLayer.Builder().build()},
          {new SubsamplingLayer.Builder().build(), new FastSubsamplingLayer.Builder().build()},
          {new ActivationLayer(Activation.RELU), new FastActivationLayer(Activation.RELU)}
        }) {
      assertNotEquals(pair[0], pair[1]);
      assertNotEquals(pair[1], pair[0]);
    }
  }

  @Test
  void theReluCountsForEquality() {
    FastBatchNormalization with = new FastBatchNormalization.Builder().relu(true).build();
    FastBatchNormalization without = new FastBatchNormalization.Builder().build();

    assertNotEquals(with, without);
    without.setRelu(true);
    assertEquals(with, without);
  }

  @Test
  void theQuantizationCountsForEquality() {
    assertNotEquals(
        new Q4ConvolutionLayer.Builder().bits(3).build(),
        new Q4ConvolutionLayer.Builder().bits(4).build());
    assertNotEquals(
        new Q4DenseLayer.Builder().bits(3).build(), new Q4DenseLayer.Builder().bits(4).build());
    assertNotEquals(
        new Q4OutputLayer.Builder().bits(3).build(), new Q4OutputLayer.Builder().bits(4).build());
  }

  @Test
  void anInitializedNetworkKeepsTheFormOfItsVariance() {
    MultiLayerNetwork network =
        Networks.of(
            DataType.FLOAT,
            new FastBatchNormalization.Builder().nIn(2).nOut(2).useLogStd(false).build());
    MultiLayerConfiguration conf = network.getLayerWiseConfigurations();

    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(conf.toJson());

    assertFalse(((FastBatchNormalization) read.getConf(0).getLayer()).isUseLogStd());
    assertEquals(conf.toJson(), read.toJson());
  }

  static List<Layer> layers() {
    return List.of(
        BuilderOptions.convolution(
                new Q4ConvolutionLayer.Builder()
                    .dataFormat(CNN2DFormat.NHWC)
                    .quantization(BuilderOptions.QUANTIZATION))
            .build(),
        BuilderOptions.convolution(new FastConvolutionLayer.Builder().dataFormat(CNN2DFormat.NHWC))
            .build(),
        // DL4J reads useLogStd from the parameters of an initialized network: see below.
        BuilderOptions.normalization(new FastBatchNormalization.Builder().relu(true))
            .useLogStd(true)
            .build(),
        BuilderOptions.activation(new FastActivationLayer.Builder()).build(),
        BuilderOptions.pooling(new FastSubsamplingLayer.Builder()).build(),
        BuilderOptions.feedForward(new FastDenseLayer.Builder().hasLayerNorm(true).hasBias(false))
            .build(),
        BuilderOptions.feedForward(
                new Q4DenseLayer.Builder()
                    .hasLayerNorm(true)
                    .hasBias(false)
                    .quantization(BuilderOptions.QUANTIZATION))
            .build(),
        BuilderOptions.output(new Q4OutputLayer.Builder().quantization(BuilderOptions.QUANTIZATION))
            .build());
  }

  private static Layer layer(Object vertex) {
    return ((LayerVertex) vertex).getLayerConf().getLayer();
  }
}
