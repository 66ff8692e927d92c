package org.dl4j.q4.onednn.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.infer.Calibration;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.infer.WeightStorage;
import org.dl4j.q4.network.EitherKind;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.quant.ActivationRange;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Engines against Deeplearning4j's own output of the same networks. */
class InferenceEngineTest {

  /** What rounding in another order may do to a probability. */
  private static final double ROUNDING = 1e-5;

  @BeforeAll
  static void onlyWithOneDnn() {
    assumeTrue(Engine.problem().isEmpty(), () -> Engine.problem().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"NCHW, 4", "NHWC, 4", "NCHW, 2", "NHWC, 7", "NCHW, 8"})
  void inFloatsAChainGivesTheNetworksOutput(CNN2DFormat format, int bits) {
    assertGivesTheNetworksOutput(Networks.chain(format, bits), format);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void inFloatsAGraphGivesTheNetworksOutput(CNN2DFormat format) {
    assertGivesTheNetworksOutput(Networks.residual(format), format);
  }

  private static void assertGivesTheNetworksOutput(Model network, CNN2DFormat format) {
    for (WeightStorage storage : WeightStorage.values()) {
      try (InferenceEngine engine = InferenceEngine.builder(network).weights(storage).build()) {
        for (int batch : new int[] {1, 9, 1, 4}) {
          INDArray images = Networks.images(batch, format);
          assertClose(output(network, images), engine.output(images), ROUNDING);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void withIntegersItComesNearTheNetworksOutput(CNN2DFormat format) {
    for (Model network : new Model[] {Networks.chain(format, 4), Networks.residual(format)}) {
      Map<String, ActivationRange> ranges = ranges(network, format);
      INDArray images = Networks.images(50, format);
      INDArray expected = output(network, images);
      INDArray packed = integers(network, ranges, WeightStorage.PACKED, images);
      INDArray unpacked = integers(network, ranges, WeightStorage.UNPACKED, images);
      assertArrayEquals(
          packed.data().asFloat(), unpacked.data().asFloat()); // assertEquals tolerates 1e-5
      double error = packed.sub(expected).norm2Number().doubleValue();
      double relative = error / expected.norm2Number().doubleValue();
      assertTrue(relative < 0.03, "relative error " + relative);
      assertTrue(relative > ROUNDING, "as exact as FP32: does it compute with integers at all?");
    }
  }

  private static INDArray integers(
      Model network, Map<String, ActivationRange> ranges, WeightStorage storage, INDArray images) {
    try (InferenceEngine engine =
        InferenceEngine.builder(network).integers(ranges).weights(storage).build()) {
      assertFalse(engine.describe().contains(" 0 of "), engine.describe());
      return engine.output(images);
    }
  }

  @Test
  void layersOfFewEnoughBitsComputeWithIntegers() {
    for (int bits : new int[] {4, 6, 7, 8}) {
      MultiLayerNetwork network = Networks.chain(CNN2DFormat.NCHW, bits);
      try (InferenceEngine engine =
          InferenceEngine.builder(network).integers(ranges(network, CNN2DFormat.NCHW)).build()) {
        // Two of the five read activations of both signs: the input, and those of a leaky ReLU.
        int integers = bits == 8 ? 0 : bits == 7 ? 3 : 5;
        String expected = " " + integers + " of 5 layers with integers";
        assertTrue(engine.describe().contains(expected), engine.describe());
      }
    }
  }

  @Test
  void aBatchGivesWhatItsImagesGiveAlone() {
    MultiLayerNetwork network = Networks.chain(CNN2DFormat.NHWC, 4);
    try (InferenceEngine engine =
        InferenceEngine.builder(network).integers(ranges(network, CNN2DFormat.NHWC)).build()) {
      INDArray images = Networks.images(3, CNN2DFormat.NHWC);
      INDArray together = engine.output(images);
      for (int i = 0; i < 3; i++) {
        INDArray alone = engine.output(images.get(Slices.image(i)));
        assertClose(together.getRow(i, true), alone, ROUNDING);
      }
    }
  }

  @Test
  void saysWhatIsWrongWithItsInput() {
    MultiLayerNetwork network = Networks.chain(CNN2DFormat.NCHW, 4);
    InferenceEngine engine = InferenceEngine.builder(network).build();
    assertMessage("[batch, channels, height, width]", engine, Nd4j.rand(2, 432));
    assertMessage("FLOAT", engine, Networks.images(1, CNN2DFormat.NCHW).castTo(doubles()));
    assertMessage("[3, height, width], found [4, 12, 12]", engine, Nd4j.rand(2, 4, 12, 12));
    assertMessage("expected [7, 3, 3], found [7, 4, 3]", engine, Nd4j.rand(2, 3, 16, 12));
    engine.close();
    engine.close();
    INDArray images = Networks.images(1, CNN2DFormat.NCHW);
    assertThrows(IllegalStateException.class, () -> engine.output(images));
  }

  private static org.nd4j.linalg.api.buffer.DataType doubles() {
    return org.nd4j.linalg.api.buffer.DataType.DOUBLE;
  }

  private static void assertMessage(String part, InferenceEngine engine, INDArray input) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> engine.output(input)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void withoutRangesIntegersAreRefused() {
    InferenceEngine.Builder builder = InferenceEngine.builder(Networks.chain(CNN2DFormat.NCHW, 4));
    String message = assertThrows(IllegalStateException.class, builder::integers).getMessage();
    assertTrue(message.contains("calibrate"), message);
  }

  @Test
  void viewsAreReadAsTheyAre() {
    MultiLayerNetwork network = Networks.chain(CNN2DFormat.NCHW, 4);
    try (InferenceEngine engine = InferenceEngine.builder(network).build()) {
      INDArray images = Networks.images(4, CNN2DFormat.NCHW);
      INDArray view = images.get(Slices.image(2));
      assertClose(network.output(view.dup()), engine.output(view), ROUNDING);
      INDArray turned = images.permute(0, 1, 3, 2);
      assertClose(network.output(turned.dup('c')), engine.output(turned), ROUNDING);
    }
  }

  private static Map<String, ActivationRange> ranges(Model network, CNN2DFormat format) {
    DataSet images = new DataSet(Networks.images(64, format), Nd4j.zeros(64, 5));
    return Calibration.ranges(network, new ViewIterator(images, 32), 2);
  }

  private static INDArray output(Model network, INDArray images) {
    return EitherKind.of(
        network,
        (MultiLayerNetwork layers) -> layers.output(images),
        (ComputationGraph graph) -> graph.outputSingle(images));
  }

  private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
    double difference = actual.sub(expected).amaxNumber().doubleValue();
    assertTrue(difference <= tolerance, "difference " + difference);
  }
}
