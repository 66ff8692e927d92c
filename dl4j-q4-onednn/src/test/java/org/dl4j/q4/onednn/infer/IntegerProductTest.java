package org.dl4j.q4.onednn.infer;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.infer.WeightStorage;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.Granularity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where activations are integers already, and the scale is 1, rounding them changes nothing: the
 * product of integers is then Deeplearning4j's own product with the quantized weights.
 */
class IntegerProductTest {

  private static final ActivationRange UNSIGNED = new ActivationRange(0, 255);
  private static final ActivationRange SIGNED = new ActivationRange(-127, 127);

  /** Rounding of FP32, relative to the largest output. */
  private static final double ROUNDING = 1e-5;

  @BeforeAll
  static void onlyWithOneDnn() {
    assumeTrue(Engine.problem().isEmpty(), () -> Engine.problem().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "2, PER_TENSOR, true", "4, PER_TENSOR, true", "4, PER_TENSOR, false", "4, PER_CHANNEL, true",
    "4, PER_CHANNEL, false", "6, PER_CHANNEL, true", "6, PER_TENSOR, true", "7, PER_TENSOR, false"
  })
  void convolutionsAreExact(int bits, Granularity granularity, boolean signed) {
    for (int channels : new int[] {3, 16}) {
      MultiLayerNetwork network =
          network(
              new NeuralNetConfiguration.Builder()
                  .seed(bits + channels)
                  .weightInit(WeightInit.XAVIER)
                  .biasInit(0.3)
                  .list()
                  .layer(
                      new Q4ConvolutionLayer.Builder(3, 3)
                          .padding(1, 1)
                          .nOut(10)
                          .activation(Activation.IDENTITY)
                          .bits(bits)
                          .granularity(granularity)
                          .build())
                  .layer(new GlobalPoolingLayer.Builder(PoolingType.MAX).build())
                  .layer(new LossLayer.Builder().activation(Activation.IDENTITY).build())
                  .setInputType(InputType.convolutional(9, 7, channels))
                  .build());
      assertEqual(network, integers(signed, 3, channels, 9, 7), signed);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, true", "4, true", "4, false", "6, true", "7, false"})
  void denseLayersAreExact(int bits, boolean signed) {
    MultiLayerNetwork network = dense(bits);
    assertEqual(network, integers(signed, 5, 300), signed);
  }

  @ParameterizedTest
  @CsvSource({"4, true", "4, false", "6, true", "7, false"})
  void theLargestSumsDoNotOverflow(int bits, boolean signed) {
    MultiLayerNetwork network = dense(bits);
    network.getLayer(0).paramTable().get("W").assign(0.5); // every code is the largest
    for (double value : signed ? new double[] {-127, 127} : new double[] {255}) {
      INDArray largest = Nd4j.valueArrayOf(new long[] {2, 300}, value, DataType.FLOAT);
      assertEqual(network, largest, signed);
    }
  }

  private static MultiLayerNetwork dense(int bits) {
    return network(
        new NeuralNetConfiguration.Builder()
            .seed(bits)
            .weightInit(WeightInit.XAVIER)
            .biasInit(-0.2)
            .list()
            .layer(
                new Q4DenseLayer.Builder()
                    .nIn(300)
                    .nOut(33)
                    .activation(Activation.RELU)
                    .bits(bits)
                    .build())
            .layer(new LossLayer.Builder().activation(Activation.IDENTITY).build())
            .build());
  }

  private static MultiLayerNetwork network(
      org.deeplearning4j.nn.conf.MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static INDArray integers(boolean signed, long... shape) {
    INDArray unit = Nd4j.rand(DataType.FLOAT, shape);
    return signed
        ? unit.muli(254).subi(127).castTo(DataType.INT32).castTo(DataType.FLOAT)
        : unit.muli(255).castTo(DataType.INT32).castTo(DataType.FLOAT);
  }

  private static void assertEqual(MultiLayerNetwork network, INDArray input, boolean signed) {
    INDArray expected = network.output(input);
    Map<String, ActivationRange> ranges = Map.of("input", signed ? SIGNED : UNSIGNED);
    for (WeightStorage storage : WeightStorage.values()) {
      try (InferenceEngine engine =
          InferenceEngine.builder(network).integers(ranges).weights(storage).build()) {
        assertTrue(engine.describe().contains("1 of 1 layers"), engine.describe());
        INDArray actual = engine.output(input);
        double difference = actual.sub(expected).amaxNumber().doubleValue();
        double bound = ROUNDING * expected.amaxNumber().doubleValue();
        assertTrue(difference <= bound, storage + ": " + difference + " > " + bound);
      }
    }
  }
}
