package org.dl4j.q4.onednn.infer;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.infer.Calibration;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.infer.WeightStorage;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.Granularity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers of so many weights that they are unpacked in several blocks. */
class ProductBlocksTest {

  private static final int CHANNELS = 64;
  private static final int SIZE = 4;
  private static final int FILTERS = 900; // a block of 896 and one of 4
  private static final int HIDDEN = 80; // one of 64, and one of 16
  private static final int CLASSES = 5;

  private static final long CONVOLUTION = (long) FILTERS * CHANNELS * 9;
  private static final long DENSE = (long) HIDDEN * FILTERS * SIZE * SIZE;
  private static final long WEIGHTS = CONVOLUTION + DENSE + HIDDEN * CLASSES;

  /** Of FP32 sums in another order, relative to outputs of at most 1. */
  private static final double ROUNDING = 1e-5;

  @BeforeAll
  static void onlyWithOneDnn() {
    assumeTrue(Engine.problem().isEmpty(), () -> Engine.problem().orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void predictWhatTheNetworkPredicts(Granularity granularity) {
    MultiLayerNetwork network = network(granularity);
    try (InferenceEngine engine = InferenceEngine.builder(network).build()) {
      for (int batch : new int[] {1, 5}) {
        INDArray images = images(batch);
        assertClose(network.output(images), engine.output(images));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void integersAreThoseOfLayersInOnePiece(Granularity granularity) {
    MultiLayerNetwork network = network(granularity);
    Map<String, ActivationRange> ranges = ranges(network);
    try (InferenceEngine blocks = InferenceEngine.builder(network).integers(ranges).build();
        InferenceEngine whole =
            InferenceEngine.builder(network)
                .integers(ranges)
                .weights(WeightStorage.UNPACKED)
                .build()) {
      for (int batch : new int[] {1, 5}) {
        INDArray images = images(batch);
        assertClose(whole.output(images), blocks.output(images));
      }
    }
  }

  @Test
  void memoryIsThatOfPackedWeightsAndOfTheLargestBlockUnpacked() {
    MultiLayerNetwork network = network(Granularity.PER_TENSOR);
    long packed = WEIGHTS / 2;
    long largestBlock = DENSE / HIDDEN * 64;
    long biasesScalesAndPadding = WEIGHTS / 50;
    try (InferenceEngine engine =
        InferenceEngine.builder(network).integers(ranges(network)).build()) {
      for (int run = 0; run < 2; run++) {
        engine.output(images(1));
        long bytes = engine.weightBytes();
        assertTrue(bytes >= packed + largestBlock, bytes + " bytes");
        assertTrue(bytes <= packed + largestBlock + biasesScalesAndPadding, bytes + " bytes");
      }
    }
  }

  @Test
  void unpackedFloatsTakeFourBytesEach() {
    try (InferenceEngine engine =
        InferenceEngine.builder(network(Granularity.PER_TENSOR))
            .weights(WeightStorage.UNPACKED)
            .build()) {
      engine.output(images(1));
      assertTrue(engine.weightBytes() >= 4 * WEIGHTS, engine.weightBytes() + " bytes");
    }
  }

  private static MultiLayerNetwork network(Granularity granularity) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(11)
                .weightInit(WeightInit.RELU)
                .biasInit(0.1)
                .list()
                .layer(
                    new Q4ConvolutionLayer.Builder(3, 3)
                        .padding(1, 1)
                        .nOut(FILTERS)
                        .granularity(granularity)
                        .activation(Activation.RELU)
                        .build())
                .layer(
                    new Q4DenseLayer.Builder()
                        .nOut(HIDDEN)
                        .granularity(granularity)
                        .activation(Activation.RELU)
                        .build())
                .layer(
                    new Q4OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(SIZE, SIZE, CHANNELS))
                .build());
    network.init();
    return network;
  }

  private static Map<String, ActivationRange> ranges(MultiLayerNetwork network) {
    DataSet images = new DataSet(images(8), Nd4j.zeros(8, CLASSES));
    return Calibration.ranges(network, new ViewIterator(images, 8), 1);
  }

  private static INDArray images(int batch) {
    return Nd4j.rand(batch, CHANNELS, SIZE, SIZE);
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    double difference = actual.sub(expected).amaxNumber().doubleValue();
    assertTrue(difference <= ROUNDING, "difference " + difference);
  }
}
