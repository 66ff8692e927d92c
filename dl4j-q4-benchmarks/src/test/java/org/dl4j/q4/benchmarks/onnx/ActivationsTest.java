package org.dl4j.q4.benchmarks.onnx;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.FastActivationLayer;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Every activation function, in a layer and as a layer. */
class ActivationsTest {

  static Stream<IActivation> activations() {
    return Stream.concat(
        Stream.of(
                Activation.IDENTITY,
                Activation.RELU,
                Activation.RELU6,
                Activation.LEAKYRELU,
                Activation.ELU,
                Activation.SELU,
                Activation.TANH,
                Activation.RECTIFIEDTANH,
                Activation.HARDTANH,
                Activation.SIGMOID,
                Activation.HARDSIGMOID,
                Activation.SOFTPLUS,
                Activation.SOFTSIGN,
                Activation.SWISH,
                Activation.MISH,
                Activation.CUBE,
                Activation.THRESHOLDEDRELU)
            .map(Activation::getActivationFunction),
        Stream.of(
            new ActivationReLU(0.7, null, null),
            new ActivationReLU(0.7, 0.0, 0.2),
            new ActivationReLU(null, null, 0.3),
            new ActivationLReLU(0.25),
            new ActivationELU(0.6),
            new ActivationThresholdedReLU(0.3)));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agrees(IActivation activation) throws Exception {
    Trained.assertAgrees(
        new MultiLayerNetwork(
            Trained.builder()
                .list(
                    new Q4ConvolutionLayer.Builder(3, 3).nOut(3).activation(activation).build(),
                    new Q4DenseLayer.Builder().nOut(8).activation(Activation.IDENTITY).build(),
                    new FastActivationLayer(activation),
                    new Q4OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(Trained.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(6, 7, 2))
                .build()),
        2,
        6,
        7);
  }
}
