package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.elements;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All that a network computes from an input and a gradient at its output. */
final class Pass {

  final INDArray inference;
  final INDArray training;

  /** Null where a layer has none: an embedding's input are indices. */
  final INDArray inputGradient;

  final Map<String, INDArray> gradients = new LinkedHashMap<>();

  /**
   * ‖gradient at the output‖₂: the size of a bias's gradient, a sum of its elements, but for luck.
   */
  private double outputGradientNorm;

  private Pass(
      MultiLayerNetwork network,
      INDArray inference,
      INDArray training,
      Pair<Gradient, INDArray> backward) {
    this.inference = inference;
    this.training = training;
    this.inputGradient = backward.getSecond() == null ? null : backward.getSecond().dup();
    backward
        .getFirst()
        .gradientForVariable()
        .forEach(
            (name, gradient) -> {
              if (isScale(network, name)) {
                // The one parameter without a counterpart in a stock layer: nothing moves it.
                assertArrayEquals(new double[(int) gradient.length()], elements(gradient), name);
              } else {
                gradients.put(name, gradient.dup());
              }
            });
  }

  private static boolean isScale(MultiLayerNetwork network, String name) {
    int separator = name.indexOf('_');
    int layer = Integer.parseInt(name.substring(0, separator));
    return FixedScaleInitializer.isScale(
        network.getLayer(layer).conf().getLayer(), name.substring(separator + 1));
  }

  /** Inference, a training forward pass, and the backward pass from a given gradient. */
  static Pass of(MultiLayerNetwork network, INDArray input, INDArray outputGradient) {
    INDArray inference = network.output(input).dup();
    network.setInput(input);
    List<INDArray> activations = network.feedForward(true, false);
    INDArray training = activations.get(activations.size() - 1).dup();
    Pass pass =
        new Pass(
            network, inference, training, network.backpropGradient(outputGradient.dup(), null));
    pass.outputGradientNorm = outputGradient.norm2Number().doubleValue();
    return pass;
  }

  /** Inference, and the gradients of the loss, in the workspaces of a training step. */
  static Pass ofLoss(MultiLayerNetwork network, INDArray input, INDArray labels) {
    INDArray inference = network.output(input).dup();
    return new Pass(
        network, inference, inference, network.calculateGradients(input, labels, null, null));
  }

  /** Bit for bit. */
  static void assertIdentical(Pass expected, Pass actual) {
    ArrayAssert.assertIdentical("inference", expected.inference, actual.inference);
    ArrayAssert.assertIdentical("training output", expected.training, actual.training);
    if (expected.inputGradient == null) {
      assertNull(actual.inputGradient);
    } else {
      ArrayAssert.assertIdentical("input gradient", expected.inputGradient, actual.inputGradient);
    }
    ArrayAssert.assertIdentical(expected.gradients, actual.gradients);
  }

  /** Within the rounding of the network's type. */
  static void assertClose(Pass expected, Pass actual) {
    double tolerance = ArrayAssert.tolerance(expected.inference.dataType());
    ArrayAssert.assertClose("inference", expected.inference, actual.inference, tolerance);
    ArrayAssert.assertClose("training output", expected.training, actual.training, tolerance);
    ArrayAssert.assertClose(
        "input gradient", expected.inputGradient, actual.inputGradient, tolerance);
    assertEquals(expected.gradients.keySet(), actual.gradients.keySet());
    expected.gradients.forEach(
        (name, gradient) ->
            ArrayAssert.assertClose(
                "gradient of " + name,
                gradient,
                actual.gradients.get(name),
                tolerance,
                name.endsWith("_b") ? expected.outputGradientNorm : 0));
  }
}
