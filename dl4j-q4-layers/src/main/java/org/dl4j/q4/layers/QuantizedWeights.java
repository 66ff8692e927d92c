package org.dl4j.q4.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.dl4j.q4.quant.QuantizedTensor;

/** The integer weights of a network's layers, as their forward passes use them. */
public final class QuantizedWeights {

  private QuantizedWeights() {}

  /**
   * The quantized weights of a layer, computed from its float weights as they are now. A wrapper,
   * such as a frozen layer, stands for the layer inside it.
   *
   * @param layer a layer of a network
   * @return the codes and scales of its quantized parameters, by their names; none if its weights
   *     are not quantized
   * @throws org.dl4j.q4.quant.NonFiniteWeightException if weights hold a NaN or an infinity
   */
  public static Map<String, QuantizedTensor> of(Layer layer) {
    Layer inner = layer;
    while (inner instanceof BaseWrapperLayer) {
      inner = ((BaseWrapperLayer) inner).getUnderlying();
    }
    Map<String, QuantizedTensor> weights = new LinkedHashMap<>();
    if (inner.conf().getLayer() instanceof QuantizedLayer) {
      for (QuantizedParameter parameter :
          ((QuantizedLayer) inner.conf().getLayer()).quantizedParameters()) {
        weights.put(parameter.key(), new LayerWeights(inner, parameter.key()).integers());
      }
    }
    return weights;
  }
}
