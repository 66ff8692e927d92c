package org.dl4j.q4.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** One call swaps the stock layers of a configuration, and nothing else. */
class FastLayersTest {

  private static final List<Class<? extends Layer>> SWAPPED =
      List.of(
          FastConvolutionLayer.class,
          FastBatchNormalization.class,
          FastActivationLayer.class,
          FastSubsamplingLayer.class,
          FastDenseLayer.class,
          OutputLayer.class);

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void aSwappedNetworkComputesTheSame(CNN2DFormat format) {
    MultiLayerConfiguration conf = multiLayer(format, DataType.FLOAT);
    MultiLayerNetwork stock = new MultiLayerNetwork(conf);
    stock.init();
    randomizeStatistics(stock);
    MultiLayerNetwork fast = new MultiLayerNetwork(FastLayers.swap(conf));
    fast.init(stock.params(), true);
    INDArray input = images(format, DataType.FLOAT);

    Pass expected = Pass.ofLoss(stock, input, labels(DataType.FLOAT));

    assertEquals(SWAPPED, classes(fast.getLayerWiseConfigurations()));
    Pass.assertClose(expected, Pass.ofLoss(fast, input, labels(DataType.FLOAT)));
  }

  @Test
  void aSwappedGraphComputesTheSame() {
    ComputationGraphConfiguration conf =
        multiLayerNetwork(multiLayer(CNN2DFormat.NCHW, DataType.FLOAT))
            .toComputationGraph()
            .getConfiguration();
    ComputationGraph stock = new ComputationGraph(conf);
    stock.init();
    ComputationGraph fast = new ComputationGraph(FastLayers.swap(conf));
    fast.init(stock.params(), true);
    INDArray input = images(CNN2DFormat.NCHW, DataType.FLOAT);
    for (ComputationGraph graph : List.of(stock, fast)) {
      graph.setInputs(input);
      graph.setLabels(labels(DataType.FLOAT));
      graph.computeGradientAndScore();
    }

    List<Class<?>> classes = new ArrayList<>();
    for (org.deeplearning4j.nn.api.Layer layer : fast.getLayers()) {
      classes.add(layer.conf().getLayer().getClass());
    }
    assertEquals(SWAPPED, classes);
    double tolerance = ArrayAssert.tolerance(DataType.FLOAT);
    ArrayAssert.assertClose(
        "output", stock.outputSingle(input), fast.outputSingle(input), tolerance);
    stock
        .gradient()
        .gradientForVariable()
        .forEach(
            (name, gradient) ->
                ArrayAssert.assertClose(
                    name, gradient, fast.gradient().getGradientFor(name), tolerance));
  }

  @Test
  void everyOptionAndTheTrainingStateStay() {
    MultiLayerConfiguration conf = multiLayer(CNN2DFormat.NHWC, DataType.DOUBLE);
    conf.setIterationCount(17);
    conf.setEpochCount(3);

    MultiLayerConfiguration swapped = FastLayers.swap(conf);

    // JSON drops what a layer remembers of how its data format came about.
    MultiLayerConfiguration expected = MultiLayerConfiguration.fromJson(conf.toJson());
    for (int i = 0; i < SWAPPED.size(); i++) {
      Layer layer = expected.getConf(i).getLayer();
      FieldEquality.assertSameFields(layer, swapped.getConf(i).getLayer(), layer.getClass());
    }
    assertEquals(17, swapped.getIterationCount());
    assertEquals(3, swapped.getEpochCount());
    assertEquals(conf.getInputPreProcessors(), swapped.getInputPreProcessors());
    assertEquals(DataType.DOUBLE, swapped.getDataType());
  }

  @Test
  void theConfigurationGivenStaysAsItIs() {
    MultiLayerConfiguration conf = multiLayer(CNN2DFormat.NCHW, DataType.FLOAT);
    ComputationGraphConfiguration graph =
        multiLayerNetwork(conf).toComputationGraph().getConfiguration();
    String before = conf.toJson();
    String graphBefore = graph.toJson();

    FastLayers.swap(conf);
    FastLayers.swap(graph);

    assertEquals(before, conf.toJson());
    assertEquals(graphBefore, graph.toJson());
  }

  @Test
  void otherLayersStay() {
    // A subclass of a swapped one computes something else; ours are swapped already.
    Layer[] layers = {
      new Deconvolution2D.Builder(2, 2).nOut(3).build(),
      new Q4ConvolutionLayer.Builder(2, 2).nOut(3).build(),
      new FastBatchNormalization.Builder().relu(true).build(),
      new DropoutLayer(0.5),
      new Q4DenseLayer.Builder().nOut(4).quantization(WeightQuantization.PAPER.withBits(3)).build(),
      new Q4OutputLayer.Builder(LossFunction.MSE).nOut(2).activation(Activation.TANH).build()
    };
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .list(layers)
            .setInputType(InputType.convolutional(6, 5, 2))
            .build();

    MultiLayerConfiguration swapped = FastLayers.swap(conf);

    assertEquals(conf, swapped);
    assertEquals(conf.toJson(), swapped.toJson());
  }

  @Test
  void whatAWrapperHoldsIsSwapped() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .list(
                new FrozenLayer(new DenseLayer.Builder().nIn(3).nOut(4).build()),
                new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(2).build())
            .build();

    Layer frozen = FastLayers.swap(conf).getConf(0).getLayer();

    assertEquals(FastDenseLayer.class, ((FrozenLayer) frozen).getLayer().getClass());
  }

  @Test
  void namesThatLookLikeClassesStay() {
    String name = DenseLayer.class.getName();
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .list(
                new DenseLayer.Builder()
                    .name("\"@class\" : \"" + name + "\"")
                    .nIn(3)
                    .nOut(4)
                    .build(),
                new OutputLayer.Builder(LossFunction.MSE).name(name).nIn(4).nOut(2).build())
            .build();

    MultiLayerConfiguration swapped = FastLayers.swap(conf);

    assertEquals("\"@class\" : \"" + name + "\"", swapped.getConf(0).getLayer().getLayerName());
    assertEquals(name, swapped.getConf(1).getLayer().getLayerName());
  }

  private static MultiLayerConfiguration multiLayer(CNN2DFormat format, DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(Networks.SEED)
        .dataType(type)
        .updater(new Adam(0.01))
        .l2(0.001)
        .list(
            new ConvolutionLayer.Builder(3, 3)
                .name("first")
                .nOut(4)
                .activation(Activation.TANH)
                .build(),
            new BatchNormalization.Builder().eps(1e-4).decay(0.8).build(),
            new ActivationLayer(Activation.RELU),
            new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
            new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(8, 6, 2, format))
        .build();
  }

  private static MultiLayerNetwork multiLayerNetwork(MultiLayerConfiguration conf) {
    MultiLayerNetwork network = new MultiLayerNetwork(conf);
    network.init();
    return network;
  }

  private static void randomizeStatistics(MultiLayerNetwork network) {
    network.getParam("1_gamma").assign(1.3);
    network.getParam("1_beta").assign(-0.2);
    network.getParam("1_mean").assign(0.1);
    network.getParam("1_log10stdev").assign(-0.3);
  }

  private static INDArray images(CNN2DFormat format, DataType type) {
    return format == CNN2DFormat.NCHW ? Nd4j.randn(type, 4, 2, 8, 6) : Nd4j.randn(type, 4, 8, 6, 2);
  }

  private static INDArray labels(DataType type) {
    return Nd4j.eye(2).castTo(type).getRows(0, 1, 0, 0);
  }

  private static List<Class<?>> classes(MultiLayerConfiguration conf) {
    return conf.getConfs().stream().map(c -> c.getLayer().getClass()).collect(Collectors.toList());
  }
}
