package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The fast convolution in networks that train; single passes are in ConvolutionEqualityTest. */
class FastConvolutionLayerTest {

  @ParameterizedTest
  @CsvSource({"FLOAT, NCHW", "FLOAT, NHWC", "DOUBLE, NCHW", "DOUBLE, NHWC"})
  void severalFitsGiveTheParentsParameters(DataType type, CNN2DFormat format) {
    MultiLayerNetwork fast = classifier(type, format, fast(), fast());
    MultiLayerNetwork stock = classifier(type, format, stock(), stock());
    fast.setParams(stock.params().dup());
    INDArray before = stock.params().dup();

    for (int i = 0; i < 5; i++) {
      INDArray input = input(type, format);
      INDArray labels = Nd4j.eye(2).castTo(type).getRows(0, 1, 0, 1);
      fast.fit(input, labels);
      stock.fit(input, labels);
    }

    if (type == DataType.DOUBLE) {
      assertIdentical("parameters", stock.params(), fast.params());
    } else {
      // Adam divides by the gradient's size, so that a small gradient's rounding errors count
      // fully.
      assertClose("parameters", stock.params(), fast.params(), 1e-3);
    }
    assertTrue(before.distance2(fast.params()) > 0.1, "nothing moved");
  }

  @Test
  void inputOfAnotherTypeIsCast() {
    MultiLayerNetwork fast = Networks.of(DataType.FLOAT, fast());
    INDArray input = Nd4j.randn(DataType.FLOAT, 2, 3, 6, 5);

    assertIdentical("output", fast.output(input), fast.output(input.castTo(DataType.DOUBLE)));
  }

  @Test
  void wrongInputGetsTheParentsMessages() {
    MultiLayerNetwork fast = Networks.of(DataType.FLOAT, fast());
    MultiLayerNetwork stock = Networks.of(DataType.FLOAT, stock());

    for (INDArray wrong :
        new INDArray[] {
          Nd4j.randn(DataType.FLOAT, 2, 4, 6, 5), // 4 channels for 3
          Nd4j.randn(DataType.FLOAT, 2, 90), // not images
          Nd4j.randn(DataType.FLOAT, 2, 6, 5, 3) // NHWC
        }) {
      String expected =
          assertThrows(DL4JInvalidInputException.class, () -> stock.output(wrong)).getMessage();
      String actual =
          assertThrows(DL4JInvalidInputException.class, () -> fast.output(wrong)).getMessage();
      assertEquals(
          expected.replace("ConvolutionLayer", ""),
          actual.replace("ConvolutionRuntime", "").replace("ConvolutionLayer", ""));
    }
  }

  private static ConvolutionLayer fast() {
    return set(new FastConvolutionLayer.Builder(3, 3)).build();
  }

  private static ConvolutionLayer stock() {
    return set(new ConvolutionLayer.Builder(3, 3)).build();
  }

  private static <T extends ConvolutionLayer.BaseConvBuilder<T>> T set(T builder) {
    return builder.stride(1, 1).padding(1, 1).nIn(3).nOut(3).activation(Activation.TANH);
  }

  private static MultiLayerNetwork classifier(
      DataType type, CNN2DFormat format, ConvolutionLayer first, ConvolutionLayer second) {
    return Networks.of(
        new NeuralNetConfiguration.Builder().dataType(type).updater(new Adam(0.01)),
        InputType.convolutional(6, 5, 3, format),
        first,
        second,
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(2)
            .activation(Activation.SOFTMAX)
            .build());
  }

  private static INDArray input(DataType type, CNN2DFormat format) {
    return format == CNN2DFormat.NCHW ? Nd4j.randn(type, 4, 3, 6, 5) : Nd4j.randn(type, 4, 6, 5, 3);
  }
}
