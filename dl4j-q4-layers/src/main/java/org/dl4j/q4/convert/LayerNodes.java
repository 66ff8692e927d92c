package org.dl4j.q4.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The layers in the JSON of a network's configuration, those inside wrappers too. */
final class LayerNodes {

  private static final String CLASS = "@class";

  /** A layer as it stands there. */
  static final class LayerNode {
    private final String name;
    private final String vertex;
    private final ObjectNode json;
    private final Class<?> type;

    /** The layer that this one is inside of; null if there is none. */
    private final LayerNode wrapper;

    private LayerNode(
        String name, String vertex, ObjectNode json, Class<?> type, LayerNode wrapper) {
      this.name = name;
      this.vertex = vertex;
      this.json = json;
      this.type = type;
      this.wrapper = wrapper;
    }

    /** Its name, and those of what it is inside of. */
    Set<String> names() {
      Set<String> names = wrapper == null ? new HashSet<>() : wrapper.names();
      names.add(name);
      return names;
    }

    /** Its class, and those of what it is inside of. */
    Set<Class<?>> types() {
      Set<Class<?>> types = wrapper == null ? new HashSet<>() : wrapper.types();
      types.add(type);
      return types;
    }

    /** Its own name, or that of its place: a vertex's, "layer 3". */
    String name() {
      return name;
    }

    /** The vertex or the number of the layer that it is, or is inside of. */
    String vertex() {
      return vertex;
    }

    ObjectNode json() {
      return json;
    }

    Class<?> type() {
      return type;
    }

    void become(Class<?> newType) {
      json.put(CLASS, newType.getName());
    }
  }

  private final List<LayerNode> nodes = new ArrayList<>();
  private final Map<String, Class<?>> vertices = new LinkedHashMap<>();

  /**
   * @param configuration a MultiLayerConfiguration's or a ComputationGraphConfiguration's
   */
  LayerNodes(JsonNode configuration) {
    JsonNode confs = configuration.get("confs");
    if (confs != null) {
      for (int i = 0; i < confs.size(); i++) {
        add("layer " + i, "" + i, confs.get(i).get("layer"), null);
      }
    }
    JsonNode graph = configuration.get("vertices");
    if (graph != null) {
      Iterator<Map.Entry<String, JsonNode>> fields = graph.fields();
      while (fields.hasNext()) {
        Map.Entry<String, JsonNode> vertex = fields.next();
        JsonNode layerConf = vertex.getValue().get("layerConf");
        if (layerConf != null) {
          add(vertex.getKey(), vertex.getKey(), layerConf.get("layer"), null);
        } else {
          addVertex(vertex.getKey(), vertex.getValue());
        }
      }
    }
  }

  private void addVertex(String name, JsonNode vertex) {
    JsonNode inner = vertex.has("underlying") ? vertex.get("underlying") : vertex; // frozen
    if (SameDiffVertex.class.isAssignableFrom(type(inner))) {
      vertices.put(name, type(inner));
    }
  }

  private void add(String place, String vertex, JsonNode node, LayerNode wrapper) {
    Optional<Class<?>> type = layerType(node);
    if (type.isEmpty()) {
      return;
    }
    JsonNode own = node.get("layerName");
    String name = own == null || own.isNull() ? place : own.asText();
    LayerNode layer = new LayerNode(name, vertex, (ObjectNode) node, type.get(), wrapper);
    nodes.add(layer);
    Iterator<JsonNode> children = node.elements();
    while (children.hasNext()) {
      add(name, vertex, children.next(), layer);
    }
  }

  private static Optional<Class<?>> layerType(JsonNode node) {
    if (node == null || !node.isObject() || !node.has(CLASS)) {
      return Optional.empty();
    }
    Class<?> type = type(node);
    return Layer.class.isAssignableFrom(type) ? Optional.of(type) : Optional.empty();
  }

  private static Class<?> type(JsonNode node) {
    String name = node.get(CLASS).asText();
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("Class " + name + " is not known here", e);
    }
  }

  /**
   * @return the vertices of a graph that have weights without being a layer, by their names
   */
  Map<String, Class<?>> vertices() {
    return vertices;
  }

  /**
   * @return a wrapper before what it wraps; else in the order of the configuration
   */
  List<LayerNode> all() {
    return nodes;
  }
}
