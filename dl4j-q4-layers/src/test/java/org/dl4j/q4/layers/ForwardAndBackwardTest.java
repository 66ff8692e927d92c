package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A backward pass uses the quantized weights of the forward pass before it. */
class ForwardAndBackwardTest {

  @ParameterizedTest
  @MethodSource("layers")
  void newFloatWeightsInBetweenDoNotReachTheBackwardPass(Layer layer) {
    INDArray expected = inputGradient(layer, network -> {});

    assertIdentical(
        "input gradient", expected, inputGradient(layer, n -> n.params().muli(-2).addi(0.1)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void inferenceInBetweenDoesNotReachItEither(Layer layer) {
    INDArray expected = inputGradient(layer, network -> {});

    assertIdentical(
        "input gradient",
        expected,
        inputGradient(
            layer,
            n -> {
              n.params().muli(-2).addi(0.1);
              n.getLayer(0).activate(false, LayerWorkspaceMgr.noWorkspaces());
            }));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theNextForwardPassQuantizesAnew(Layer layer) {
    INDArray expected = inputGradient(layer, network -> {});

    // Weights times 2 quantize to values times 2, up to the ε of the scale.
    INDArray doubled =
        inputGradient(
            layer,
            n -> {
              n.params().muli(2);
              n.feedForward(true, false);
            });
    assertClose("input gradient", expected.mul(2), doubled, 1e-6);
  }

  static Stream<Layer> layers() {
    return Stream.of(
        new Q4ConvolutionLayer.Builder(3, 3)
            .nIn(2)
            .nOut(3)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build(),
        new Q4DenseLayer.Builder()
            .nIn(4)
            .nOut(3)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build());
  }

  /** The gradient at the input, when something happens between the two passes. */
  private static INDArray inputGradient(Layer layer, Consumer<MultiLayerNetwork> between) {
    MultiLayerNetwork network = Networks.of(DataType.FLOAT, layer.clone());
    Nd4j.getRandom().setSeed(Networks.SEED);
    network.setInput(
        layer instanceof Q4DenseLayer
            ? Nd4j.randn(DataType.FLOAT, 2, 4)
            : Nd4j.randn(DataType.FLOAT, 2, 2, 5, 5));
    INDArray output = network.feedForward(true, false).get(1);
    INDArray gradient = Nd4j.randn(DataType.FLOAT, output.shape());
    between.accept(network);
    return network.backpropGradient(gradient, null).getSecond().dup();
  }
}
