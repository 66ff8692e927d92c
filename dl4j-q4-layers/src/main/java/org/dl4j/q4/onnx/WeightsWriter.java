package org.dl4j.q4.onnx;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.dl4j.q4.layers.QuantizedWeights;
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
   * @param key name of a parameter, of a shape that ONNX's operator takes as it is
   * @param channelAxis the dimension that counts output channels
   * @return the edge that has the parameter's values
   */
  static String write(Step step, String key, int channelAxis, GraphWriter graph) {
    String name = step.name() + "/" + key;
    QuantizedTensor quantized = QuantizedWeights.of(step.layer()).get(key);
    if (quantized == null) {
      INDArray values = step.layer().getParam(key);
      return graph.initializer(Tensors.floats(graph.unique(name), values, values.shape()));
    }
    String codes = graph.initializer(Tensors.codes(graph.unique(name + "_codes"), quantized));
    INDArray scale = quantized.scale();
    boolean perChannel = scale.length() > 1;
    long[] shape = perChannel ? new long[] {scale.length()} : new long[0];
    String scales = graph.initializer(Tensors.floats(graph.unique(name + "_scale"), scale, shape));
    List<AttributeProto> attributes = new ArrayList<>();
    if (perChannel) {
      attributes.add(Attributes.of("axis", channelAxis));
    }
    return graph.node(
        "DequantizeLinear",
        name,
        List.of(codes, scales),
        attributes.toArray(new AttributeProto[0]));
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
