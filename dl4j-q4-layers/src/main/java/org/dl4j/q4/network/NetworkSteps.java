package org.dl4j.q4.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A network of either kind as inputs, steps in the order of the forward pass, and outputs. */
public final class NetworkSteps {

  private static final String INPUT = "input";

  private final List<String> inputs;
  private final List<Step> steps;
  private final List<String> outputs;

  private NetworkSteps(List<String> inputs, List<Step> steps, List<String> outputs) {
    this.inputs = List.copyOf(inputs);
    this.steps = List.copyOf(steps);
    this.outputs = List.copyOf(outputs);
  }

  /**
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialized
   * @return its steps
   * @throws IllegalArgumentException if it is of neither kind, or not initialized
   */
  public static NetworkSteps of(Model network) {
    return EitherKind.of(network, NetworkSteps::of, NetworkSteps::of);
  }

  private static NetworkSteps of(MultiLayerNetwork network) {
    if (network.getLayers() == null || network.getLayer(0) == null) {
      throw notInitialized();
    }
    List<Step> steps = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(INPUT));
    String previous = INPUT;
    for (int i = 0; i < network.getnLayers(); i++) {
      Layer layer = thawed(network.getLayer(i));
      String name = layer.conf().getLayer().getLayerName();
      if (name == null) {
        name = "layer" + i; // as DL4J's builder of lists calls it
      }
      while (!names.add(name)) { // DL4J does not mind
        name = name + "_" + i;
      }
      InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(i);
      steps.add(Step.ofLayer(name, previous, before, layer));
      previous = name;
    }
    return new NetworkSteps(List.of(INPUT), steps, List.of(previous));
  }

  private static NetworkSteps of(ComputationGraph network) {
    if (network.getVertices() == null) {
      throw notInitialized();
    }
    List<Step> steps = new ArrayList<>();
    List<String> inputs = network.getConfiguration().getNetworkInputs();
    for (int index : network.topologicalSortOrder()) {
      GraphVertex vertex = network.getVertices()[index];
      String name = vertex.getVertexName();
      if (inputs.contains(name)) {
        continue;
      }
      List<String> before = network.getConfiguration().getVertexInputs().get(name);
      org.deeplearning4j.nn.conf.graph.GraphVertex conf =
          network.getConfiguration().getVertices().get(name);
      steps.add(
          conf instanceof LayerVertex
              ? Step.ofLayer(
                  name,
                  before.get(0),
                  ((LayerVertex) conf).getPreProcessor(),
                  thawed(vertex.getLayer()))
              : Step.ofVertex(name, before, conf));
    }
    return new NetworkSteps(inputs, steps, network.getConfiguration().getNetworkOutputs());
  }

  /** Freezing changes training alone. */
  private static Layer thawed(Layer layer) {
    Layer inner = layer;
    while (inner instanceof FrozenLayer || inner instanceof FrozenLayerWithBackprop) {
      inner = ((BaseWrapperLayer) inner).getUnderlying();
    }
    return inner;
  }

  private static IllegalArgumentException notInitialized() {
    return new IllegalArgumentException("The network has no parameters: call init() first");
  }

  /**
   * @return names of the inputs; that of a {@code MultiLayerNetwork} is "input"
   */
  public List<String> inputs() {
    return inputs;
  }

  /**
   * @param input one of the network's inputs
   * @return what others may call it: a single one "input"
   */
  public String inputName(String input) {
    return inputs.size() == 1 && !outputs.contains(INPUT) ? INPUT : input;
  }

  /**
   * @return in an order in which each comes after those that it reads
   */
  public List<Step> steps() {
    return steps;
  }

  /**
   * @return names of steps, or of inputs
   */
  public List<String> outputs() {
    return outputs;
  }
}
