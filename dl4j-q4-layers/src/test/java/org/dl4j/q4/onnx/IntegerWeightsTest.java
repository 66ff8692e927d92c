package org.dl4j.q4.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.Granularity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The integers in the file, worked out by hand: inputs come in steps of 0.01, from −1 on. */
class IntegerWeightsTest {

  private static final int UINT8 = 2;
  private static final int INT8 = 3;
  private static final int INT32 = 6;

  @TempDir private Path folder;

  private OnnxFile export(Layer layer, float[][] weights, float... bias) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list(layer)
                .setInputType(InputType.feedForward(weights.length))
                .build());
    network.init();
    network.getLayer(0).setParam("W", Nd4j.createFromArray(weights));
    network.getLayer(0).setParam("b", Nd4j.createFromArray(new float[][] {bias}));
    Map<String, ActivationRange> ranges = Map.of("input", new ActivationRange(-1, 1.55f));
    return OnnxFile.of(OnnxExport.builder().eightBitActivations(ranges).build(), network, folder);
  }

  private static Q4OutputLayer.Builder output() {
    return new Q4OutputLayer.Builder(LossFunction.MSE)
        .activation(Activation.IDENTITY)
        .name("out")
        .nOut(2);
  }

  private static byte[] bytes(OnnxFile file, String name, int type) {
    TensorProto tensor = file.initializer(name);
    assertEquals(type, tensor.getDataType());
    return tensor.getRawData().toByteArray();
  }

  private static int[] ints(OnnxFile file, String name) {
    assertEquals(INT32, file.initializer(name).getDataType());
    int[] numbers = new int[(int) file.initializer(name).getDims(0)];
    file.initializer(name)
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .get(numbers);
    return numbers;
  }

  /** s = 0.7 / 7 = 0.1; the bias in steps of 0.01 · 0.1. */
  @Test
  void fourBitCodesAsBytes() throws IOException {
    OnnxFile file =
        export(output().build(), new float[][] {{0.7f, -0.4f}, {0.02f, -0.68f}}, 0.5f, -1.0004f);

    assertArrayEquals(new byte[] {100}, bytes(file, "input_zero_point", UINT8));
    assertArrayEquals(new byte[] {7, 0, -4, -7}, bytes(file, "out/W_codes", INT8));
    assertEquals(List.of(2L, 2L), file.initializer("out/W_codes").getDimsList());
    assertArrayEquals(new byte[] {0}, bytes(file, "out/W_zero_point", INT8));
    assertArrayEquals(new float[] {0.1f}, file.floats("out/W_scale"), 1e-7f);
    assertArrayEquals(new int[] {500, -1000}, ints(file, "out/b_codes"));
    assertArrayEquals(new float[] {0.001f}, file.floats("out/b_scale"), 1e-9f);
    assertEquals(List.of("input_rounded", "out/W", "out/b"), file.node("Gemm").getInputList());
    assertEquals(
        List.of(
            List.of("input_codes", "input_scale", "input_zero_point"),
            List.of("out/W_codes", "out/W_scale", "out/W_zero_point"),
            List.of("out/b_codes", "out/b_scale")),
        file.graph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("DequantizeLinear"))
            .map(NodeProto::getInputList)
            .map(List::copyOf)
            .collect(Collectors.toList()));
  }

  /** 0.7 / 7 and 1.4 / 7; the biases in steps of 0.001 and 0.002. */
  @Test
  void aScaleForEachUnit() throws IOException {
    OnnxFile file =
        export(
            output().granularity(Granularity.PER_CHANNEL).build(),
            new float[][] {{0.7f, 0.2f}, {0.3f, -1.4f}},
            0.5f,
            0.5f);

    assertArrayEquals(new byte[] {7, 3, 1, -7}, bytes(file, "out/W_codes", INT8));
    assertArrayEquals(new float[] {0.1f, 0.2f}, file.floats("out/W_scale"), 1e-7f);
    assertArrayEquals(new byte[2], bytes(file, "out/W_zero_point", INT8));
    assertArrayEquals(new int[] {500, 250}, ints(file, "out/b_codes"));
    assertArrayEquals(new float[] {0.001f, 0.002f}, file.floats("out/b_scale"), 1e-9f);
  }

  /** 1.27 / 127 and 2.54 / 127. */
  @Test
  void fullPrecisionBecomesEightBitsAChannel() throws IOException {
    OnnxFile file =
        export(
            new OutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .name("out")
                .nOut(2)
                .build(),
            new float[][] {{1.27f, 0.302f}, {-0.504f, -2.54f}},
            0,
            1);

    assertArrayEquals(new byte[] {127, -50, 15, -127}, bytes(file, "out/W_codes", INT8));
    assertArrayEquals(new float[] {0.01f, 0.02f}, file.floats("out/W_scale"), 1e-7f);
    assertArrayEquals(new int[] {0, 5000}, ints(file, "out/b_codes"));
  }

  /**
   * Of the first unit s = 1.4e-6 / 7 = 2e-7, and a bias of 8 would be 4e9 steps of 0.01 · s, more
   * than an INT32 holds. Of 2³⁰ steps each is 7.45e-9, and s = 7.45e-7: the codes 7 and 2 become
   * 1.88 and 0.54.
   */
  @Test
  void aBiasThatDwarfsItsWeightsFits() throws IOException {
    OnnxFile file =
        export(
            output().granularity(Granularity.PER_CHANNEL).build(),
            new float[][] {{1.4e-6f, 0.7f}, {4e-7f, 0.1f}},
            8,
            0.5f);

    assertArrayEquals(new byte[] {2, 1, 7, 1}, bytes(file, "out/W_codes", INT8));
    assertEquals(7.4505806e-7f, file.floats("out/W_scale")[0], 1e-13f);
    assertEquals(0.1f, file.floats("out/W_scale")[1], 1e-7f);
    int[] bias = ints(file, "out/b_codes");
    assertEquals(1 << 30, bias[0], 200); // FLOAT scales
    assertEquals(8, bias[0] * (double) file.floats("out/b_scale")[0], 1e-6);
    assertEquals(500, bias[1]);
  }
}
