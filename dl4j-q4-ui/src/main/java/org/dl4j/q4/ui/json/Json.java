package org.dl4j.q4.ui.json;

import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** Pieces of JSON. */
final class Json {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ArrayNode array() {
    return NODES.arrayNode();
  }

  /** Null for NaN and infinities. */
  static JsonNode number(double value) {
    return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
  }

  static ArrayNode numbers(long[] values) {
    ArrayNode array = array();
    for (long value : values) {
      array.add(value);
    }
    return array;
  }

  static ArrayNode numbers(int[] values) {
    ArrayNode array = array();
    for (int value : values) {
      array.add(value);
    }
    return array;
  }
}
