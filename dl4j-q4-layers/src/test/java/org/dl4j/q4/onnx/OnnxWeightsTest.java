package org.dl4j.q4.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The numbers in the file, worked out by hand. */
class OnnxWeightsTest {

  @TempDir private Path folder;

  private OnnxFile export(MultiLayerNetwork network) throws IOException {
    return OnnxFile.of(OnnxExport.standard(), network, folder);
  }

  private static MultiLayerNetwork network(InputType input, Layer... layers) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder().seed(1).list(layers).setInputType(input).build());
    network.init();
    return network;
  }

  private static Q4OutputLayer.Builder output() {
    return new Q4OutputLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).name("out");
  }

  private static int[] bytes(TensorProto tensor) {
    byte[] raw = tensor.getRawData().toByteArray();
    int[] numbers = new int[raw.length];
    for (int i = 0; i < raw.length; i++) {
      numbers[i] = raw[i] & 0xFF;
    }
    return numbers;
  }

  /** s = 0.7 / 7 = 0.1; unit by unit, that is, column by column; the first of two below. */
  @Test
  void twoCodesToAByte() throws IOException {
    MultiLayerNetwork network = network(InputType.feedForward(3), output().nOut(3).build());
    INDArray weights =
        Nd4j.createFromArray(
            new float[][] {{0.7f, -0.4f, 0.1f}, {0.02f, -0.68f, 0.2f}, {-0.1f, 0.3f, -0.5f}});
    network.getLayer(0).setParam("W", weights);
    network.getLayer(0).setParam("b", Nd4j.createFromArray(new float[][] {{0.5f, -1, 2}}));

    OnnxFile file = export(network);

    TensorProto codes = file.initializer("out/W_codes");
    assertEquals(22, codes.getDataType()); // INT4
    assertEquals(List.of(3L, 3L), codes.getDimsList());
    // 7 0 | -1 -4 | -7 3 | 1 2 | -5
    assertArrayEquals(new int[] {0x07, 0xCF, 0x39, 0x21, 0x0B}, bytes(codes));
    assertEquals(List.of(), file.initializer("out/W_scale").getDimsList());
    assertEquals((0.7f + 1e-8f) / 7, file.floats("out/W_scale")[0], 1e-9f);
    assertArrayEquals(new float[] {0.5f, -1, 2}, file.floats("out/b"));
    assertEquals(List.of(3L), file.initializer("out/b").getDimsList());

    NodeProto dequantize = file.node("DequantizeLinear");
    assertEquals(List.of("out/W_codes", "out/W_scale"), dequantize.getInputList());
    assertEquals(0, dequantize.getAttributeCount());
    assertEquals(List.of("input", "out/W", "out/b"), file.node("Gemm").getInputList());
    assertEquals(1, OnnxFile.attribute(file.node("Gemm"), "transB").getI());
  }

  /** Columns of a dense layer's weights are its units: 0.7 / 7 and 1.4 / 7. */
  @Test
  void aScaleForEachUnit() throws IOException {
    MultiLayerNetwork network =
        network(
            InputType.feedForward(2),
            output().nOut(2).granularity(Granularity.PER_CHANNEL).build());
    network
        .getLayer(0)
        .setParam("W", Nd4j.createFromArray(new float[][] {{0.7f, 0.2f}, {0.3f, -1.4f}}));

    OnnxFile file = export(network);

    assertArrayEquals(new int[] {0x37, 0x91}, bytes(file.initializer("out/W_codes"))); // 7 3 | 1 -7
    assertEquals(List.of(2L), file.initializer("out/W_scale").getDimsList());
    assertArrayEquals(new float[] {0.1f, 0.2f}, file.floats("out/W_scale"), 1e-7f);
    assertEquals(0, OnnxFile.attribute(file.node("DequantizeLinear"), "axis").getI());
  }

  @Test
  void aScaleForEachChannelOfAConvolution() throws IOException {
    MultiLayerNetwork network =
        network(
            InputType.convolutional(3, 3, 2),
            new Q4ConvolutionLayer.Builder(3, 3)
                .name("conv")
                .nOut(2)
                .granularity(Granularity.PER_CHANNEL)
                .build(),
            new OutputLayer.Builder(LossFunction.MSE).nOut(2).build());
    network.getLayer(0).getParam("W").assign(0.7);
    network.getLayer(0).getParam("W").slice(1).assign(-1.4);

    OnnxFile file = export(network);

    TensorProto codes = file.initializer("conv/W_codes");
    assertEquals(List.of(2L, 2L, 3L, 3L), codes.getDimsList());
    for (int i = 0; i < 18; i++) {
      assertEquals(i < 9 ? 0x77 : 0x99, bytes(codes)[i]);
    }
    assertArrayEquals(new float[] {0.1f, 0.2f}, file.floats("conv/W_scale"), 1e-7f);
    assertEquals(0, OnnxFile.attribute(file.node("DequantizeLinear"), "axis").getI());
  }

  /** 6 bits have codes up to 31: 3.1 / 31 = 0.1. */
  @Test
  void moreThanFourBitsAreBytes() throws IOException {
    MultiLayerNetwork network = network(InputType.feedForward(2), output().nOut(1).bits(6).build());
    network.getLayer(0).setParam("W", Nd4j.createFromArray(new float[][] {{3.1f}, {-2}}));

    TensorProto codes = export(network).initializer("out/W_codes");

    assertEquals(TensorProto.DataType.INT8_VALUE, codes.getDataType());
    assertArrayEquals(new int[] {31, 256 - 20}, bytes(codes));
  }

  @Test
  void doublesAreRounded() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list(output().nIn(2).nOut(1).build())
                .build());
    network.init();
    network.getLayer(0).getParam("W").assign(Nd4j.createFromArray(new double[][] {{0.7}, {-0.2}}));

    OnnxFile file = export(network);

    assertArrayEquals(new int[] {0xE7}, bytes(file.initializer("out/W_codes"))); // 7 -2
    assertArrayEquals(new float[] {(float) ((0.7 + 1e-8) / 7)}, file.floats("out/W_scale"));
  }

  /**
   * After a step of training, the weights have another largest value than the scale was set for.
   */
  @Test
  void aFixedScaleIsTheParameter() throws IOException {
    MultiLayerNetwork network =
        network(InputType.feedForward(3), output().nOut(2).scaleMode(ScaleMode.FIXED).build());
    network.fit(
        new DataSet(Nd4j.randn(DataType.FLOAT, 4, 3), Nd4j.randn(DataType.FLOAT, 4, 2).muli(100)));
    float scale = QuantizedWeights.of(network.getLayer(0)).get("W").scale().getFloat(0);
    assertTrue(
        Math.abs(network.getLayer(0).getParam("W").amaxNumber().floatValue() / 7 - scale) > 1e-3);

    assertEquals(scale, export(network).floats("out/W_scale")[0]);
  }

  /** log10 of a standard deviation of −0.5 is a variance of 0.1. */
  @Test
  void batchNormByItsStatistics() throws IOException {
    MultiLayerNetwork network =
        network(
            InputType.feedForward(2),
            new BatchNormalization.Builder().name("bn").eps(1e-3).useLogStd(true).build(),
            output().nOut(1).build());
    network.getLayer(0).setParam("log10stdev", Nd4j.createFromArray(new float[][] {{-0.5f, 0}}));
    network.getLayer(0).setParam("mean", Nd4j.createFromArray(new float[][] {{3, 4}}));
    network.getLayer(0).setParam("gamma", Nd4j.createFromArray(new float[][] {{5, 6}}));
    network.getLayer(0).setParam("beta", Nd4j.createFromArray(new float[][] {{7, 8}}));

    OnnxFile file = export(network);

    NodeProto node = file.node("BatchNormalization");
    assertEquals(List.of("input", "bn/gamma", "bn/beta", "bn/mean", "bn/var"), node.getInputList());
    assertEquals(1e-3f, OnnxFile.attribute(node, "epsilon").getF());
    assertArrayEquals(new float[] {0.1f, 1}, file.floats("bn/var"), 1e-8f);
    assertArrayEquals(new float[] {3, 4}, file.floats("bn/mean"));
    assertArrayEquals(new float[] {5, 6}, file.floats("bn/gamma"));
    assertArrayEquals(new float[] {7, 8}, file.floats("bn/beta"));
  }
}
