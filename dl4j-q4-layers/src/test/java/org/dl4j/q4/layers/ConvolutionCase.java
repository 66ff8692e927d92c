package org.dl4j.q4.layers;

import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One convolution: as a 4-bit, a fast and a stock layer, with an input and an output gradient. */
final class ConvolutionCase {

  DataType type = DataType.FLOAT;
  int[] kernel = {3, 3};
  int[] stride = {1, 1};
  int[] padding = {0, 0};
  int[] dilation = {1, 1};
  ConvolutionMode mode = ConvolutionMode.Same;
  CNN2DFormat format = CNN2DFormat.NCHW;
  boolean bias = true;
  Activation activation = Activation.IDENTITY;
  WeightQuantization quantization = WeightQuantization.PAPER;
  int batch = 2;
  int in = 3;
  int out = 4;
  int height = 7;
  int width = 6;

  Q4ConvolutionLayer quantized() {
    return set(new Q4ConvolutionLayer.Builder().dataFormat(format).quantization(quantization))
        .build();
  }

  FastConvolutionLayer fast() {
    return set(new FastConvolutionLayer.Builder().dataFormat(format)).build();
  }

  ConvolutionLayer stock() {
    return set(new ConvolutionLayer.Builder().dataFormat(format)).build();
  }

  private <T extends ConvolutionLayer.BaseConvBuilder<T>> T set(T builder) {
    return builder
        .kernelSize(kernel)
        .stride(stride)
        .padding(padding)
        .dilation(dilation)
        .convolutionMode(mode)
        .hasBias(bias)
        .biasInit(0.3)
        .activation(activation)
        .nIn(in)
        .nOut(out);
  }

  /** Random images of this case's size. */
  INDArray input() {
    return format == CNN2DFormat.NCHW
        ? Nd4j.randn(type, batch, in, height, width)
        : Nd4j.randn(type, batch, height, width, in);
  }

  /** Runs our layer and its stock parent holding the weights that ours computes with. */
  void compare(ConvolutionLayer ours, boolean bitForBit) {
    MultiLayerNetwork our = Networks.of(type, ours);
    MultiLayerNetwork stock = Networks.of(type, stock());
    Networks.copyQuantized(our, stock);
    INDArray input = input();
    INDArray gradient = Nd4j.randn(type, stock.output(input).shape());

    Pass expected = Pass.of(stock, input, gradient);
    Pass actual = Pass.of(our, input, gradient);

    if (bitForBit) {
      Pass.assertIdentical(expected, actual);
    } else {
      Pass.assertClose(expected, actual);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s %s: [%d, %d, %d, %d] → %d, kernel %s, stride %s, padding %s, dilation %s, bias %s,"
            + " %s, %s",
        type,
        format,
        mode,
        batch,
        in,
        height,
        width,
        out,
        Arrays.toString(kernel),
        Arrays.toString(stride),
        Arrays.toString(padding),
        Arrays.toString(dilation),
        bias,
        activation,
        quantization);
  }
}
