package org.dl4j.q4.convert;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The JSON of a configuration, from which batch norms are taken out. */
final class FoldableJson {

  private static final String PREPROCESSORS = "inputPreProcessors";

  private final ObjectMapper mapper = NeuralNetConfiguration.mapper();
  private final ObjectNode root;

  FoldableJson(String json) {
    try {
      this.root = (ObjectNode) mapper.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a configuration: " + e.getMessage(), e);
    }
  }

  /**
   * @param norms numbers of layers, rising; what is before each takes its place
   * @param network whose configuration it is
   */
  void removeLayers(List<Integer> norms, MultiLayerNetwork network) {
    ArrayNode confs = (ArrayNode) root.get("confs");
    for (int i = norms.size() - 1; i >= 0; i--) {
      int norm = norms.get(i);
      takeOver((ObjectNode) confs.get(norm - 1).get("layer"), network.getLayer(norm));
      confs.remove(norm);
      shiftPreProcessors(norm);
    }
  }

  private void shiftPreProcessors(int removed) {
    JsonNode preProcessors = root.get(PREPROCESSORS);
    if (preProcessors == null || !preProcessors.isObject()) {
      return;
    }
    Map<Integer, JsonNode> shifted = new TreeMap<>();
    Iterator<Map.Entry<String, JsonNode>> fields = preProcessors.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      int layer = Integer.parseInt(field.getKey());
      shifted.put(layer > removed ? layer - 1 : layer, field.getValue());
    }
    ObjectNode result = mapper.createObjectNode();
    shifted.forEach((layer, preProcessor) -> result.set("" + layer, preProcessor));
    root.set(PREPROCESSORS, result);
  }

  /**
   * @param vertex name of a layer's vertex
   * @return whether something is done with its input first
   */
  boolean hasPreProcessor(String vertex) {
    JsonNode preProcessor = root.get("vertices").get(vertex).get("preProcessor");
    return preProcessor != null && !preProcessor.isNull();
  }

  /**
   * @param norm name of a batch norm's vertex; what reads it now reads the one before it
   * @param layer the batch norm
   */
  void removeVertex(String norm, Layer layer) {
    ObjectNode vertices = (ObjectNode) root.get("vertices");
    ObjectNode inputs = (ObjectNode) root.get("vertexInputs");
    String before = inputs.get(norm).get(0).asText();
    takeOver((ObjectNode) vertices.get(before).get("layerConf").get("layer"), layer);
    vertices.remove(norm);
    root.remove("topologicalOrder"); // found anew
    root.remove("topologicalOrderStr");
    inputs.remove(norm);
    for (JsonNode list : inputs) {
      replace((ArrayNode) list, norm, before);
    }
    replace((ArrayNode) root.get("networkOutputs"), norm, before);
  }

  private static void replace(ArrayNode names, String from, String to) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).asText().equals(from)) {
        names.set(i, to);
      }
    }
  }

  /**
   * A bias for batch norm's shift, and its ReLU; for quantized weights a scale for each channel,
   * which takes its factor.
   */
  private void takeOver(ObjectNode before, Layer norm) {
    before.put("hasBias", true);
    JsonNode quantization = before.get(ConfigurationConverter.QUANTIZATION);
    if (quantization != null) {
      ((ObjectNode) quantization)
          .put("granularity", Granularity.PER_CHANNEL.name())
          .put("scaleMode", ScaleMode.FIXED.name());
    }
    Object conf = norm.conf().getLayer();
    if (conf instanceof FastBatchNormalization && ((FastBatchNormalization) conf).isRelu()) {
      before.set("activationFn", mapper.valueToTree(new ActivationReLU()));
    }
  }

  @Override
  public String toString() {
    try {
      return mapper.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // it was read a moment ago
    }
  }
}
