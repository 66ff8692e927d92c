package org.dl4j.q4.onnx;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;

/**
 * A layer or a vertex of a network, with what is before it. Either the layer or the vertex is null.
 */
final class Step {

  private final String name;
  private final List<String> inputs;
  private final InputPreProcessor preProcessor;
  private final Layer layer;
  private final GraphVertex vertex;

  private Step(
      String name,
      List<String> inputs,
      InputPreProcessor preProcessor,
      Layer layer,
      GraphVertex vertex) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.preProcessor = preProcessor;
    this.layer = layer;
    this.vertex = vertex;
  }

  /**
   * @param input name of the step or of the network's input before it
   * @param preProcessor between the two, or null
   */
  static Step ofLayer(String name, String input, InputPreProcessor preProcessor, Layer layer) {
    return new Step(name, List.of(input), preProcessor, layer, null);
  }

  static Step ofVertex(String name, List<String> inputs, GraphVertex vertex) {
    return new Step(name, inputs, null, null, vertex);
  }

  String name() {
    return name;
  }

  List<String> inputs() {
    return inputs;
  }

  InputPreProcessor preProcessor() {
    return preProcessor;
  }

  boolean isLayer() {
    return layer != null;
  }

  Layer layer() {
    return layer;
  }

  GraphVertex vertex() {
    return vertex;
  }

  /** As messages call it. */
  String describe() {
    return isLayer()
        ? "Layer " + name + " (" + layer.conf().getLayer().getClass().getSimpleName() + ")"
        : "Vertex " + name + " (" + vertex.getClass().getSimpleName() + ")";
  }
}
