package org.dl4j.q4.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import onnx.Onnx.AttributeProto;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.network.Step;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.quant.Quantizer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights and bias of a product whose input is rounded to 8 bits, so that a runtime can compute it
 * in integers: weights are INT8 codes, the layer's own or, of a layer at full precision, 8-bit ones
 * with a scale for each output channel; the bias is INT32 codes. With the scales sₓ of the input
 * and s of the weights:
 *
 * <pre>
 *   W = code · s        b ≈ rint(b / (sₓ·s)) · (sₓ·s)
 * </pre>
 *
 * <p>Where the weights are so small beside the bias that its code is above 2³⁰, as those of a
 * channel that batch norm has switched off, s is raised to what makes it 2³⁰, and the weights'
 * codes are rounded to that: of c inputs, that changes an output by at most c·255·2⁻³¹ of the bias.
 */
final class IntegerWeights {

  private static final double LARGEST_BIAS_CODE = 1 << 30;

  private final Step step;
  private final ActivationCodes input;
  private final GraphWriter graph;

  /**
   * @param input what the product's input is rounded to
   */
  IntegerWeights(Step step, ActivationCodes input, GraphWriter graph) {
    this.step = step;
    this.input = input;
    this.graph = graph;
  }

  /**
   * @param key name of the weights
   * @param biasKey name of the bias, or null
   * @param channelsFirst gives weights the shape that ONNX's operator takes, output channels first
   * @return the edges of the weights and, if there is one, of the bias
   */
  List<String> write(String key, String biasKey, UnaryOperator<INDArray> channelsFirst) {
    QuantizedTensor tensor = tensor(key, channelsFirst);
    byte[] codes = new byte[Math.toIntExact(tensor.codes().length())];
    tensor.codes().dup('c').data().asNio().get(codes);
    float[] scale = tensor.scale().castTo(DataType.FLOAT).toFloatVector();
    double[] bias = biasKey == null ? new double[0] : doubles(step.layer().getParam(biasKey));
    raise(scale, codes, bias);

    List<String> edges = new ArrayList<>();
    String name = step.name() + "/" + key;
    String integers = graph.unique(name + "_codes");
    graph.initializer(Tensors.bytes(integers, codes, tensor.codes().shape()));
    // ONNX Runtime (1.29) makes a QGemm only of weights whose zero point is written, though 0.
    String zeroPoint =
        graph.initializer(
            Tensors.bytes(
                graph.unique(name + "_zero_point"), new byte[scale.length], shape(scale)));
    edges.add(dequantize(name, scale, integers, zeroPoint));
    if (biasKey != null) {
      edges.add(bias(step.name() + "/" + biasKey, bias, scale));
    }
    return edges;
  }

  private QuantizedTensor tensor(String key, UnaryOperator<INDArray> channelsFirst) {
    QuantizedTensor own = QuantizedWeights.of(step.layer()).get(key);
    if (own != null) {
      Granularity granularity =
          own.scale().length() == 1 ? Granularity.PER_TENSOR : Granularity.PER_CHANNEL;
      return new Quantizer(own.bits(), granularity, 0)
          .restore(channelsFirst.apply(own.codes()), own.scale());
    }
    INDArray weights = channelsFirst.apply(step.layer().getParam(key));
    Quantizer quantizer = new Quantizer(Quantizer.MAX_BITS, Granularity.PER_CHANNEL, 0);
    return quantizer.integers(
        weights, quantizer.scale(weights, () -> "Parameter \"" + key + "\" of " + step.describe()));
  }

  /** One scale is for all codes, several are for a part each. */
  private void raise(float[] scale, byte[] codes, double[] bias) {
    for (int channel = 0; channel < bias.length; channel++) {
      int i = scale.length == 1 ? 0 : channel;
      float least = (float) (Math.abs(bias[channel]) / LARGEST_BIAS_CODE / input.scale());
      if (scale[i] < least) {
        int length = codes.length / scale.length;
        for (int j = i * length; j < (i + 1) * length; j++) {
          codes[j] = (byte) Math.rint((double) codes[j] * scale[i] / least);
        }
        scale[i] = least;
      }
    }
  }

  private String bias(String name, double[] bias, float[] scale) {
    float[] scales = new float[scale.length];
    for (int i = 0; i < scale.length; i++) {
      scales[i] = input.scale() * scale[i];
    }
    int[] codes = new int[bias.length];
    for (int i = 0; i < bias.length; i++) {
      codes[i] = (int) Math.rint(bias[i] / scales[scales.length == 1 ? 0 : i]);
    }
    String integers = graph.initializer(Tensors.ints(graph.unique(name + "_codes"), codes));
    return dequantize(name, scales, integers);
  }

  /**
   * @param codes and, if it is written, their zero point
   */
  private String dequantize(String name, float[] scale, String... codes) {
    List<String> inputs = new ArrayList<>(List.of(codes));
    inputs.add(
        1, graph.initializer(Tensors.floats(graph.unique(name + "_scale"), scale, shape(scale))));
    AttributeProto[] attributes =
        scale.length == 1 ? new AttributeProto[0] : new AttributeProto[] {Attributes.of("axis", 0)};
    return graph.node("DequantizeLinear", name, inputs, attributes);
  }

  private static long[] shape(float[] scale) {
    return scale.length == 1 ? new long[0] : new long[] {scale.length};
  }

  private static double[] doubles(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').reshape(array.length()).toDoubleVector();
  }
}
