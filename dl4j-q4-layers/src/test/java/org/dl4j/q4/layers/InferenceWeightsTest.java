package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Inference quantizes weights once, and anew as soon as anyone has changed them. */
class InferenceWeightsTest {

  @ParameterizedTest
  @CsvSource({
    "FLOAT, DYNAMIC, PER_TENSOR",
    "DOUBLE, DYNAMIC, PER_CHANNEL",
    "FLOAT, FIXED, PER_CHANNEL",
    "DOUBLE, FIXED, PER_TENSOR"
  })
  void outputsFollowEveryWayOfChangingParameters(
      DataType type, ScaleMode scaleMode, Granularity granularity) {
    WeightQuantization quantization =
        WeightQuantization.PAPER.withScaleMode(scaleMode).withGranularity(granularity);
    Map<String, Consumer<MultiLayerNetwork>> ways = new LinkedHashMap<>();
    ways.put("all", network -> network.params().muli(1.7));
    ways.put("one weight", network -> network.getParam("0_W").putScalar(0, 5.0));
    ways.put("two swapped", InferenceWeightsTest::swapTwo);
    ways.put("setParam", network -> network.setParam("0_W", network.getParam("0_W").neg()));
    ways.put("setParams", network -> network.setParams(network.params().mul(-0.3)));
    ways.put("fit", network -> network.fit(input(type), Nd4j.eye(3).castTo(type)));
    if (scaleMode == ScaleMode.FIXED) { // which the fit before has set
      ways.put("scale", network -> network.getParam("0_s").muli(1.1));
    }
    ways.put("nothing", network -> {});

    MultiLayerNetwork network = network(type, quantization);
    INDArray input = input(type);
    network.output(input);
    ways.forEach(
        (name, way) -> {
          INDArray before = network.output(input);
          way.accept(network);
          MultiLayerNetwork fresh = network(type, quantization);
          fresh.setParams(network.params().dup());

          INDArray after = network.output(input);

          assertIdentical(name, fresh.output(input), after);
          assertEquals(name.equals("nothing"), before.equalsWithEps(after, 0), name);
        });
  }

  @ParameterizedTest
  @EnumSource(ScaleMode.class)
  void unchangedWeightsKeepTheirVersion(ScaleMode scaleMode) {
    MultiLayerNetwork network =
        network(DataType.FLOAT, WeightQuantization.PAPER.withScaleMode(scaleMode));
    LayerWeights weights = new LayerWeights(network.getLayer(0), "W");
    INDArray parameter = network.getLayer(0).getParam("W");
    long first = version(weights, parameter);

    assertNotEquals(0, first);
    assertEquals(first, version(weights, parameter));
    parameter.muli(1.5);
    assertEquals(first + 1, version(weights, parameter));
    assertEquals(first + 2, version(weights, parameter.dup()), "not the parameter: weight noise");
    assertEquals(first + 3, version(weights, parameter));
  }

  private static long version(LayerWeights weights, INDArray parameter) {
    return weights.forKernel(weights.quantized(parameter, false)).version();
  }

  @ParameterizedTest
  @ValueSource(chars = {'c', 'f'})
  void aSnapshotSeesEveryBit(char order) {
    INDArray array =
        Nd4j.rand(DataType.FLOAT, 7, 20).get(NDArrayIndex.interval(2, 5), NDArrayIndex.all());
    INDArray ordered = order == 'c' ? array : array.dup('f');
    Snapshot snapshot = new Snapshot();
    assertFalse(snapshot.matches(ordered), "nothing taken yet");
    snapshot.take(ordered);
    assertTrue(snapshot.matches(ordered));

    for (int i : new int[] {0, 31, 59}) {
      float value = ordered.getFloat(i);
      ordered.putScalar(i, Math.nextUp(value));
      assertFalse(snapshot.matches(ordered), "element " + i);
      ordered.putScalar(i, value);
      assertTrue(snapshot.matches(ordered), "element " + i + " as before");
    }
  }

  @Test
  void aSnapshotOfAnArrayWithGapsMatchesNothing() {
    INDArray column =
        Nd4j.rand(DataType.FLOAT, 4, 5).get(NDArrayIndex.all(), NDArrayIndex.point(1));
    Snapshot snapshot = new Snapshot();

    snapshot.take(column);

    assertFalse(snapshot.matches(column));
  }

  private static void swapTwo(MultiLayerNetwork network) {
    INDArray w = network.getParam("0_W");
    double first = w.getDouble(0);
    w.putScalar(0, w.getDouble(1));
    w.putScalar(1, first);
  }

  private static MultiLayerNetwork network(DataType type, WeightQuantization quantization) {
    return Networks.of(
        type,
        new Q4DenseLayer.Builder()
            .nIn(6)
            .nOut(5)
            .quantization(quantization)
            .activation(Activation.TANH)
            .build(),
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(5)
            .nOut(3)
            .activation(Activation.SOFTMAX)
            .build());
  }

  private static INDArray input(DataType type) {
    return Nd4j.linspace(-2, 2, 18, DataType.DOUBLE).reshape(3, 6).castTo(type);
  }
}
