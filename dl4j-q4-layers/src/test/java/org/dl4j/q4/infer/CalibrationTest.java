package org.dl4j.q4.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.ActivationRange;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class CalibrationTest {

  /** h = relu(2x − 1), y = −3h. */
  @Test
  void rangesAreThoseOfAllBatches() {
    MultiLayerNetwork network = network();
    Map<String, ActivationRange> ranges =
        Calibration.ranges(network, batches(new float[] {0.25f, 1, -2, 0.5f}), 2);
    assertEquals(new ActivationRange(-2, 1), ranges.get("input"));
    assertEquals(new ActivationRange(0, 1), ranges.get("hidden"));
    assertEquals(new ActivationRange(-3, 0), ranges.get("output"));
    assertEquals(List.of("input", "hidden", "output"), List.copyOf(ranges.keySet()));
  }

  @Test
  void tooFewBatchesAndNumbersThatAreNoneAreRefused() {
    MultiLayerNetwork network = network();
    assertMessage("found 2", network, new float[] {1, 2, 3, 4}, 3);
    assertMessage("at least 1", network, new float[] {1, 2}, 0);
    assertMessage("input", network, new float[] {1, Float.NaN}, 1);
  }

  private static void assertMessage(
      String part, MultiLayerNetwork network, float[] values, int count) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Calibration.ranges(network, batches(values), count))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  private static ViewIterator batches(float[] values) {
    INDArray features = Nd4j.createFromArray(values).reshape(values.length, 1);
    return new ViewIterator(new DataSet(features, features), 2);
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .name("hidden")
                        .nIn(1)
                        .nOut(1)
                        .activation(Activation.RELU)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .name("output")
                        .nIn(1)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init(Nd4j.createFromArray(2f, -1f, -3f, 0f).reshape(1, 4), false);
    return network;
  }
}
