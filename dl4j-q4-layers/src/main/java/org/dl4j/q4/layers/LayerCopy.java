package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * Makes a layer's configuration one of a class that extends its own. The constructors of most of
 * Deeplearning4j's configurations take no builder but their own, or are private; but what makes a
 * configuration is in its JSON, or it could not be saved, and a subclass has its parent's
 * properties under the same names.
 */
final class LayerCopy {

  private LayerCopy() {}

  /**
   * @param stock a configuration, left as it is
   * @param type a 4-bit class that extends its class
   * @param quantization of the copy
   * @return the copy
   * @throws IllegalArgumentException if a part of it, such as an activation function of the user's
   *     own, cannot be written as JSON and read again
   */
  static <L extends Layer & QuantizedLayer> L quantized(
      Layer stock, Class<L> type, WeightQuantization quantization) {
    ObjectMapper mapper = NeuralNetConfiguration.mapper();
    try {
      ObjectNode json = mapper.valueToTree(stock);
      json.put("@class", type.getName());
      json.set("quantization", mapper.valueToTree(quantization));
      L copy = type.cast(mapper.treeToValue(json, Layer.class));
      if (copy instanceof BaseLayer) { // vectors to start an embedding from are in no JSON
        ((BaseLayer) copy).setWeightInitFn(((BaseLayer) stock).getWeightInitFn());
      }
      return copy;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot copy a " + stock.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }
}
