package org.dl4j.q4.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import onnx.Onnx.AttributeProto;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.network.Step;
import org.dl4j.q4.quant.QuantizedTensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's parameters in the graph. Quantized ones are their codes and scales, as the layer's
 * inference uses them, behind a {@code DequantizeLinear}: {@code y = code · scale}. Others are
 * FP32.
 */
final class WeightsWriter {

  private WeightsWriter() {}

  /**
   * The inputs of a product: what comes in, the weights and the bias. In integers, if what comes in
   * is rounded to 8 bits.
   *
   * @param key name of the weights
   * @param biasKey name of the bias, or null
   * @param channelsFirst gives the weights the shape that ONNX's operator takes, output channels
   *     first
   * @return their edges
   */
  static List<String> product(
      Step step,
      Value input,
      String key,
      String biasKey,
      UnaryOperator<INDArray> channelsFirst,
      GraphWriter graph) {
    List<String> inputs = new ArrayList<>(List.of(input.name()));
    Optional<ActivationCodes> codes = graph.codes(input.name());
    if (codes.isPresent()) {
      inputs.addAll(
          new IntegerWeights(step, codes.get(), graph).write(key, biasKey, channelsFirst));
      return inputs;
    }
    inputs.add(write(step, key, channelsFirst, graph));
    if (biasKey != null) {
      inputs.add(vector(step, biasKey, graph));
    }
    return inputs;
  }

  /**
   * @param key name of a parameter
   * @param channelsFirst gives the parameter's elements the shape that ONNX's operator takes,
   *     output channels first
   * @return the edge that has the parameter's values
   */
  private static String write(
      Step step, String key, UnaryOperator<INDArray> channelsFirst, GraphWriter graph) {
    String name = step.name() + "/" + key;
    QuantizedTensor quantized = QuantizedWeights.of(step.layer()).get(key);
    if (quantized == null) {
      INDArray values = channelsFirst.apply(step.layer().getParam(key));
      return graph.initializer(Tensors.floats(graph.unique(name), values, values.shape()));
    }
    INDArray array = channelsFirst.apply(quantized.codes());
    String codes =
        graph.initializer(Tensors.codes(graph.unique(name + "_codes"), array, quantized.bits()));
    INDArray scale = quantized.scale();
    boolean perChannel = scale.length() > 1;
    long[] shape = perChannel ? new long[] {scale.length()} : new long[0];
    String scales = graph.initializer(Tensors.floats(graph.unique(name + "_scale"), scale, shape));
    AttributeProto[] attributes =
        perChannel ? new AttributeProto[] {Attributes.of("axis", 0)} : new AttributeProto[0];
    return graph.node("DequantizeLinear", name, List.of(codes, scales), attributes);
  }

  /**
   * @param key name of a parameter that is a vector, in whatever shape
   * @return the initializer that has its values, of rank 1
   */
  static String vector(Step step, String key, GraphWriter graph) {
    INDArray values = step.layer().getParam(key);
    return graph.initializer(
        Tensors.floats(graph.unique(step.name() + "/" + key), values, values.length()));
  }
}
