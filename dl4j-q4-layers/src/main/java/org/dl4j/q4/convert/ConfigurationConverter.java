package org.dl4j.q4.convert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.dl4j.q4.convert.ConversionReport.Entry;
import org.dl4j.q4.convert.ConversionReport.Outcome;
import org.dl4j.q4.convert.LayerNodes.LayerNode;
import org.dl4j.q4.layers.Q4LayerTypes;
import org.dl4j.q4.layers.QuantizedLayer;
import org.dl4j.q4.quant.ScaleMode;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Swaps the layers in the JSON of a configuration. */
final class ConfigurationConverter {

  /** A 4-bit layer's options in its JSON. */
  static final String QUANTIZATION = "quantization";

  private final ObjectMapper mapper = NeuralNetConfiguration.mapper();
  private final JsonNode configuration;
  private final List<LayerNode> layers;
  private final Map<String, Class<?>> vertices;

  /**
   * @param json of a configuration
   * @param order numbers or names of its layers, first to last
   */
  ConfigurationConverter(String json, List<String> order) {
    try {
      this.configuration = mapper.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a configuration: " + e.getMessage(), e);
    }
    LayerNodes nodes = new LayerNodes(configuration);
    this.vertices = nodes.vertices();
    this.layers =
        nodes.all().stream()
            .sorted(Comparator.comparingInt(layer -> order.indexOf(layer.vertex())))
            .collect(Collectors.toList());
  }

  /**
   * @return the configuration's JSON as it is now
   */
  String json() {
    try {
      return mapper.writeValueAsString(configuration);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // it was read a moment ago
    }
  }

  /** Stock layers become 4-bit ones. */
  ConversionReport quantize(LayerPolicy policy) {
    requireKnown(policy.keptNames());
    List<LayerNode> candidates =
        layers.stream()
            .filter(layer -> Q4LayerTypes.quantized(layer.type()).isPresent())
            .collect(Collectors.toList());
    LayerNode first = candidates.isEmpty() ? null : candidates.get(0);
    LayerNode last = candidates.isEmpty() ? null : candidates.get(candidates.size() - 1);
    List<Entry> entries = new ArrayList<>();
    for (LayerNode layer : layers) {
      entries.add(quantize(layer, policy, isIn(layer, first), isIn(layer, last)));
    }
    vertices.forEach(
        (name, type) ->
            entries.add(
                new Entry(
                    name,
                    type.getSimpleName(),
                    Outcome.UNSUPPORTED,
                    "left: Deeplearning4j has no place for the soft clip in a vertex")));
    return new ConversionReport(entries);
  }

  /** The two directions of a bidirectional layer are one layer. */
  private static boolean isIn(LayerNode layer, LayerNode one) {
    return one != null && layer.vertex().equals(one.vertex());
  }

  private Entry quantize(LayerNode layer, LayerPolicy policy, boolean first, boolean last) {
    Optional<Class<? extends Layer>> counterpart = Q4LayerTypes.quantized(layer.type());
    if (counterpart.isEmpty()) {
      return QuantizedLayer.class.isAssignableFrom(layer.type())
          ? entry(layer, Outcome.ALREADY, "is 4-bit already")
          : withoutCounterpart(layer);
    }
    if (policy.quantization.getScaleMode() == ScaleMode.FIXED
        && SameDiffLayer.class.isAssignableFrom(counterpart.get())) {
      return entry(
          layer, Outcome.UNSUPPORTED, "left: its 4-bit counterpart has no place for a fixed scale");
    }
    Optional<String> reason = policy.reasonToKeep(layer, first, last);
    if (reason.isPresent()) {
      return entry(layer, Outcome.KEPT, reason.get());
    }
    layer.become(counterpart.get());
    layer.json().set(QUANTIZATION, mapper.valueToTree(policy.quantization));
    return entry(layer, Outcome.SWAPPED, counterpart.get().getSimpleName());
  }

  /** 4-bit layers become stock ones. */
  ConversionReport toFullPrecision() {
    List<Entry> entries = new ArrayList<>();
    for (LayerNode layer : layers) {
      Optional<Class<? extends Layer>> counterpart = Q4LayerTypes.stock(layer.type());
      if (counterpart.isEmpty()) {
        entries.add(entry(layer, Outcome.ALREADY, "is full precision already"));
      } else if (layer.json().path("relu").asBoolean()) {
        entries.add(entry(layer, Outcome.UNSUPPORTED, "left: Deeplearning4j's has no ReLU in it"));
      } else {
        layer.become(counterpart.get());
        layer.json().remove(List.of(QUANTIZATION, "relu"));
        entries.add(entry(layer, Outcome.SWAPPED, counterpart.get().getSimpleName()));
      }
    }
    return new ConversionReport(entries);
  }

  private Entry withoutCounterpart(LayerNode layer) {
    return UnsupportedLayers.reason(mapper, layer)
        .map(reason -> entry(layer, Outcome.UNSUPPORTED, reason))
        .orElseGet(() -> entry(layer, Outcome.NO_WEIGHTS, "has no weights of its own"));
  }

  private static Entry entry(LayerNode layer, Outcome outcome, String detail) {
    return new Entry(layer.name(), layer.type().getSimpleName(), outcome, detail);
  }

  private void requireKnown(Set<String> names) {
    Set<String> known =
        layers.stream().flatMap(layer -> layer.names().stream()).collect(Collectors.toSet());
    Set<String> unknown = new HashSet<>(names);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected names of layers to keep, found "
              + new TreeSet<>(unknown)
              + "; the layers are "
              + new TreeSet<>(known));
    }
  }
}
