package org.dl4j.q4.convert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.dl4j.q4.convert.LayerNodes.LayerNode;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Layers with weights that stay as they are, and why. */
final class UnsupportedLayers {

  private static final Map<Class<?>, String> REASONS =
      Map.of(
          BatchNormalization.class,
          "left: scale and shift of batch norm stay float, as in the paper",
          PReLULayer.class,
          "left: its slopes are no weights of a product",
          ElementWiseMultiplicationLayer.class,
          "left: it has one weight for each unit",
          AutoEncoder.class,
          "left: its weights are used transposed, too, and trained layer by layer",
          VariationalAutoencoder.class,
          "left: it is trained layer by layer",
          OCNNOutputLayer.class,
          "left: its loss is computed from its weights");

  private UnsupportedLayers() {}

  /**
   * @param layer a layer without a 4-bit counterpart
   * @return why it has none, or nothing if it has no weights of its own
   */
  static Optional<String> reason(ObjectMapper mapper, LayerNode layer) {
    for (Map.Entry<Class<?>, String> entry : REASONS.entrySet()) {
      if (entry.getKey().isAssignableFrom(layer.type())) {
        return Optional.of(entry.getValue());
      }
    }
    return !isWrapper(layer) && hasWeights(mapper, layer)
        ? Optional.of("left: " + layer.type().getName() + " has weights, and no 4-bit counterpart")
        : Optional.empty();
  }

  /** A wrapper's weights are those of the layer inside, which has a line of its own. */
  private static boolean isWrapper(LayerNode layer) {
    return List.of("underlying", "layer", "fwd").stream().anyMatch(layer.json()::has);
  }

  private static boolean hasWeights(ObjectMapper mapper, LayerNode layer) {
    try {
      Layer conf = mapper.treeToValue(layer.json(), Layer.class);
      return conf.initializer() != null && !conf.initializer().weightKeys(conf).isEmpty();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Layer " + layer.name() + " cannot be read from its JSON: " + e.getMessage(), e);
    }
  }
}
