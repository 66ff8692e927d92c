package org.dl4j.q4.onnx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/** An ONNX graph while it is written. Its nodes are in the order of the forward pass. */
final class GraphWriter {

  /** Name of the dimension that counts the images of a batch. */
  static final String BATCH = "batch";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final List<NodeProto.Builder> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> inputs = new HashSet<>();

  /** Edges that have become outputs, and the outputs' names. */
  private final Map<String, String> outputs = new HashMap<>();

  /** Edges that have been rounded to 8 bits. */
  private final Map<String, ActivationCodes> rounded = new HashMap<>();

  /**
   * @param name of the graph
   * @param reserved names that no edge gets but those that ask for just them
   */
  GraphWriter(String name, Collection<String> reserved) {
    graph.setName(name);
    names.addAll(reserved);
  }

  /**
   * @param wanted a name
   * @return the name, with a number behind it if there is one like it already
   */
  String unique(String wanted) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /**
   * @param name a reserved name
   * @param dimensions numbers, or names of dimensions of any size
   */
  void input(String name, List<String> dimensions) {
    inputs.add(name);
    graph.addInput(valueInfo(name, dimensions));
  }

  /**
   * Makes an edge an output.
   *
   * @param edge gets the output's name, if it has not become an output already
   * @param name a reserved name
   */
  void output(String edge, String name, List<String> dimensions) {
    if (inputs.contains(edge) || outputs.containsKey(edge)) {
      addNode("Identity", name, List.of(outputs.getOrDefault(edge, edge)));
    } else {
      rename(edge, name);
      outputs.put(edge, name);
    }
    graph.addOutput(valueInfo(name, dimensions));
  }

  private void rename(String from, String to) {
    for (NodeProto.Builder node : nodes) {
      for (int i = 0; i < node.getInputCount(); i++) {
        if (node.getInput(i).equals(from)) {
          node.setInput(i, to);
        }
      }
      if (node.getOutput(0).equals(from)) {
        node.setOutput(0, to).setName(to);
      }
    }
  }

  /**
   * @param type an operator of ONNX
   * @param output name of its output and of the node itself; made unique
   * @param inputs names of edges or initializers; an empty one leaves an optional input out
   * @return the output's name
   */
  String node(String type, String output, List<String> inputs, AttributeProto... attributes) {
    String name = unique(output);
    addNode(type, name, inputs, attributes);
    return name;
  }

  /**
   * Rounds an edge to 8 bits: {@code QuantizeLinear}, {@code DequantizeLinear}.
   *
   * @return the rounded edge
   */
  String round(String edge, ActivationCodes codes) {
    String scale =
        initializer(Tensors.floats(unique(edge + "_scale"), new float[] {codes.scale()}));
    String zeroPoint =
        initializer(Tensors.unsignedByte(unique(edge + "_zero_point"), codes.zeroPoint()));
    String integers = node("QuantizeLinear", edge + "_codes", List.of(edge, scale, zeroPoint));
    String output =
        node("DequantizeLinear", edge + "_rounded", List.of(integers, scale, zeroPoint));
    rounded.put(output, codes);
    return output;
  }

  /**
   * @return what the edge is rounded to, if {@link #round} has made it
   */
  Optional<ActivationCodes> codes(String edge) {
    return Optional.ofNullable(rounded.get(edge));
  }

  private void addNode(
      String type, String name, List<String> inputs, AttributeProto... attributes) {
    nodes.add(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(name)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(List.of(attributes)));
  }

  /**
   * @param tensor under a name from {@link #unique}
   * @return its name
   */
  String initializer(TensorProto tensor) {
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  private static ValueInfoProto valueInfo(String name, List<String> dimensions) {
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
    for (String dimension : dimensions) {
      if (dimension.chars().allMatch(Character::isDigit)) {
        type.getTensorTypeBuilder()
            .getShapeBuilder()
            .addDimBuilder()
            .setDimValue(Long.parseLong(dimension));
      } else {
        type.getTensorTypeBuilder().getShapeBuilder().addDimBuilder().setDimParam(dimension);
      }
    }
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  GraphProto build() {
    GraphProto.Builder result = graph.clone();
    nodes.forEach(result::addNode);
    return result.build();
  }
}
