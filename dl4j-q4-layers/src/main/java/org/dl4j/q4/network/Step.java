package org.dl4j.q4.network;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;

/**
 * A layer or a vertex of a network, with what is before it. Either the layer or the vertex is null.
 */
public final class Step {

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
   * @param name unique in its network
   * @param input name of the step or of the network's input before it
   * @param preProcessor between the two, or null
   * @param layer initialized
   * @return the step
   */
  static Step ofLayer(String name, String input, InputPreProcessor preProcessor, Layer layer) {
    return new Step(name, List.of(input), preProcessor, layer, null);
  }

  static Step ofVertex(String name, List<String> inputs, GraphVertex vertex) {
    return new Step(name, inputs, null, null, vertex);
  }

  /**
   * @return unique in its network
   */
  public String name() {
    return name;
  }

  /**
   * @return names of the steps, or of the network's inputs, before it
   */
  public List<String> inputs() {
    return inputs;
  }

  /**
   * @return what stands before the layer; null if nothing does
   */
  public InputPreProcessor preProcessor() {
    return preProcessor;
  }

  /**
   * @return whether it is a layer; else it is a vertex without one
   */
  public boolean isLayer() {
    return layer != null;
  }

  /**
   * @return the layer, without what freezes it; null of a vertex
   */
  public Layer layer() {
    return layer;
  }

  /**
   * @return the vertex; null of a layer
   */
  public GraphVertex vertex() {
    return vertex;
  }

  /**
   * @return as messages call it
   */
  public String describe() {
    return isLayer()
        ? "Layer " + name + " (" + layer.conf().getLayer().getClass().getSimpleName() + ")"
        : "Vertex " + name + " (" + vertex.getClass().getSimpleName() + ")";
  }
}
