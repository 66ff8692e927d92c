package org.dl4j.q4.packed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.QuantizedTensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What holds parameters in a network: a layer, or a vertex that is none. */
final class NetworkPart {

  private final String name;

  /** Null for a vertex without one. */
  private final Layer layer;

  private final Map<String, INDArray> parameters;

  private NetworkPart(String name, Layer layer, Map<String, INDArray> parameters) {
    this.name = name;
    this.layer = layer;
    this.parameters = parameters;
  }

  static List<NetworkPart> of(MultiLayerNetwork network) {
    List<NetworkPart> parts = new ArrayList<>();
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      parts.add(new NetworkPart(Integer.toString(i), layers[i], layers[i].paramTable()));
    }
    return parts;
  }

  static List<NetworkPart> of(ComputationGraph graph) {
    List<NetworkPart> parts = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      if (vertex.hasLayer()) {
        Layer layer = vertex.getLayer();
        parts.add(new NetworkPart(vertex.getVertexName(), layer, layer.paramTable()));
      } else if (vertex.numParams() > 0) {
        parts.add(new NetworkPart(vertex.getVertexName(), null, vertex.paramTable(false)));
      }
    }
    return parts;
  }

  String name() {
    return name;
  }

  /** Its parameters, in its own order. */
  List<PackedTensor> pack() {
    Map<String, QuantizedTensor> quantized = layer == null ? Map.of() : QuantizedWeights.of(layer);
    List<PackedTensor> tensors = new ArrayList<>();
    parameters.forEach(
        (key, values) -> {
          DataType type = values.dataType();
          if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException(
                String.format(
                    "Expected parameters of type FLOAT or DOUBLE, found %s: parameter %s of %s",
                    type, key, name));
          }
          tensors.add(
              quantized.containsKey(key)
                  ? PackedTensor.of(name, key, quantized.get(key))
                  : PackedTensor.of(name, key, values));
        });
    return tensors;
  }

  /**
   * @param tensors all of this part's parameters, by their names
   * @throws IllegalArgumentException if they are not of such a part
   */
  void unpack(Map<String, PackedTensor> tensors) {
    if (!tensors.keySet().equals(parameters.keySet())) {
      throw new IllegalArgumentException(
          String.format(
              "Expected the parameters %s of layer %s, found %s",
              parameters.keySet(), name, tensors.keySet()));
    }
    Map<String, QuantizedTensor> quantized = new HashMap<>();
    tensors.forEach(
        (key, tensor) -> {
          INDArray parameter = parameters.get(key);
          if (tensor.isQuantized()) {
            quantized.put(key, tensor.quantized());
          } else if (tensor.type() == parameter.dataType()
              && Arrays.equals(tensor.shape(), parameter.shape())) {
            parameter.assign(tensor.values());
          } else {
            throw new IllegalArgumentException(
                String.format(
                    "%s: expected %s, found %s of shape %s",
                    tensor,
                    parameter.shapeInfoToString(),
                    tensor.type(),
                    Arrays.toString(tensor.shape())));
          }
        });
    if (layer != null) { // after the others: a fixed scale is one of them
      QuantizedWeights.restore(layer, quantized);
    } else if (!quantized.isEmpty()) {
      throw new IllegalArgumentException("Vertex " + name + " has no quantized parameters");
    }
  }
}
