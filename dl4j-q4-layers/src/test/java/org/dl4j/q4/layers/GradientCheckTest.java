package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.PrintMode;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Gradients of whole networks. A quantized layer fails finite differences by nature, since its
 * output is piecewise constant: without the quantizer they are compared, with it the
 * straight-through gradient is the stock network's at the quantized weights.
 */
class GradientCheckTest {

  @BeforeEach
  void useDoubles() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE); // GradientCheckUtil insists
  }

  @AfterEach
  void useFloatsAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void finiteDifferencesAgreeWithoutTheQuantizer(CNN2DFormat format) {
    MultiLayerNetwork network =
        network(
            format,
            new FastConvolutionLayer.Builder(3, 3).nOut(3).activation(Activation.TANH).build(),
            normalization(),
            new FastConvolutionLayer.Builder(2, 2).nOut(2).activation(Activation.IDENTITY).build(),
            new DenseLayer.Builder().nOut(4).activation(Activation.SIGMOID).build(),
            normalization(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build());

    boolean equal =
        GradientCheckUtil.checkGradients(
            new MLNConfig()
                .net(network)
                .input(input(format))
                .labels(labels())
                .print(PrintMode.FAILURES_ONLY)
                .subset(true) // each parameter costs two passes of the network
                .maxPerParam(12)
                .excludeParams(
                    Set.of("1_mean", "1_log10stdev", "4_mean", "4_log10stdev"))); // no gradients

    assertTrue(equal);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void straightThroughGradientsAreTheStockNetworksAtTheQuantizedWeights(CNN2DFormat format) {
    MultiLayerNetwork ours =
        network(
            format,
            new Q4ConvolutionLayer.Builder(3, 3).nOut(3).activation(Activation.TANH).build(),
            normalization(),
            new Q4ConvolutionLayer.Builder(2, 2).nOut(2).activation(Activation.IDENTITY).build(),
            new Q4DenseLayer.Builder().nOut(4).activation(Activation.SIGMOID).build(),
            new Q4OutputLayer.Builder(LossFunction.MCXENT).nOut(3).build());
    MultiLayerNetwork stock =
        network(
            format,
            new ConvolutionLayer.Builder(3, 3).nOut(3).activation(Activation.TANH).build(),
            normalization(),
            new ConvolutionLayer.Builder(2, 2).nOut(2).activation(Activation.IDENTITY).build(),
            new DenseLayer.Builder().nOut(4).activation(Activation.SIGMOID).build(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build());
    Networks.copyQuantized(ours, stock);
    INDArray before = ours.params().dup();

    Pass.assertIdentical(
        Pass.ofLoss(stock, input(format), labels()), Pass.ofLoss(ours, input(format), labels()));
    assertIdentical("the float weights", before, ours.params());
  }

  private static Layer normalization() {
    return new FastBatchNormalization.Builder().build();
  }

  private static MultiLayerNetwork network(CNN2DFormat format, Layer... layers) {
    return Networks.of(
        new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).updater(new NoOp()),
        InputType.convolutional(6, 5, 2, format),
        layers);
  }

  private static INDArray input(CNN2DFormat format) {
    Nd4j.getRandom().setSeed(Networks.SEED);
    INDArray nchw = Nd4j.randn(DataType.DOUBLE, 4, 2, 6, 5);
    return format == CNN2DFormat.NCHW ? nchw : nchw.permute(0, 2, 3, 1).dup('c');
  }

  private static INDArray labels() {
    return Nd4j.eye(3).castTo(DataType.DOUBLE).getRows(0, 1, 2, 1);
  }
}
