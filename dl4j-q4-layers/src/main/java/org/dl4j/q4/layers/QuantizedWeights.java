package org.dl4j.q4.layers;

import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4j.q4.quant.QuantizedTensor;

/** The integer weights of a network's layers, as their forward passes use them. */
public final class QuantizedWeights {

  private QuantizedWeights() {}

  /**
   * The quantized weights of a layer, computed from its float weights as they are now. A wrapper,
   * such as a frozen layer, stands for the layer inside it.
   *
   * @param layer a layer of a network
   * @return its weights' codes and scales, or nothing if its weights are not quantized
   * @throws org.dl4j.q4.quant.NonFiniteWeightException if the weights hold a NaN or an infinity
   */
  public static Optional<QuantizedTensor> of(Layer layer) {
    Layer inner = layer;
    while (inner instanceof BaseWrapperLayer) {
      inner = ((BaseWrapperLayer) inner).getUnderlying();
    }
    if (!(inner.conf().getLayer() instanceof QuantizedLayer)) {
      return Optional.empty();
    }
    return Optional.of(new LayerWeights(inner, DefaultParamInitializer.WEIGHT_KEY).integers());
  }
}
