package org.dl4j.q4.layers;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.samediff.SDQ4;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Quantized weights in layers that are SameDiff graphs. */
final class QuantizedGraph {

  private QuantizedGraph() {}

  /**
   * @param layer whose parameters they are
   * @param sd its graph
   * @param parameters its parameters as variables
   * @return the same, with the quantized values of those that are quantized
   */
  static Map<String, SDVariable> quantize(
      QuantizedLayer layer, SameDiff sd, Map<String, SDVariable> parameters) {
    Map<String, SDVariable> quantized = new HashMap<>(parameters);
    SDQ4 q4 = new SDQ4(sd, layer.getQuantization());
    for (QuantizedParameter parameter : layer.quantizedParameters()) {
      quantized.computeIfPresent(
          parameter.key(),
          (key, weights) -> q4.fakeQuantize(null, weights, parameter.channelDimension()));
    }
    return quantized;
  }

  /**
   * @param quantization options
   * @return the same
   * @throws IllegalArgumentException if the scale is fixed: a graph has no place to keep one
   */
  static WeightQuantization requireDynamic(WeightQuantization quantization) {
    Objects.requireNonNull(quantization, "quantization");
    if (quantization.getScaleMode() != ScaleMode.DYNAMIC) {
      throw new IllegalArgumentException(
          "In a layer that is a SameDiff graph the scale mode must be DYNAMIC; got "
              + quantization.getScaleMode());
    }
    return quantization;
  }
}
