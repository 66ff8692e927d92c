package org.dl4j.q4.convert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.network.EitherKind;
import org.dl4j.q4.quant.QuantizedTensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters of a network, tensor by tensor: sizes, and what the quantized ones look like. */
public final class NetworkSummary {

  /** One parameter tensor. */
  public static final class Tensor {
    private final String layer;
    private final String type;
    private final String parameter;
    private final long[] shape;
    private final QuantizedTensor quantized;

    Tensor(String layer, String type, String parameter, long[] shape, QuantizedTensor quantized) {
      this.layer = layer;
      this.type = type;
      this.parameter = parameter;
      this.shape = shape.clone();
      this.quantized = quantized;
    }

    /**
     * @return its layer's name
     */
    public String layer() {
      return layer;
    }

    /**
     * @return simple class name of its layer's configuration
     */
    public String type() {
      return type;
    }

    /**
     * @return its name, such as {@code W}
     */
    public String parameter() {
      return parameter;
    }

    /**
     * @return its shape
     */
    public long[] shape() {
      return shape.clone();
    }

    /**
     * @return number of elements
     */
    public long length() {
      long length = 1;
      for (long size : shape) {
        length *= size;
      }
      return length;
    }

    /**
     * @return codes and scales, if it is quantized
     */
    public Optional<QuantizedTensor> quantized() {
      return Optional.ofNullable(quantized);
    }

    /**
     * @return width of an element in bits as inference needs it: a code's, or 32
     */
    public int bits() {
      return quantized == null ? Float.SIZE : quantized.bits();
    }

    /**
     * @return bytes as FP32
     */
    public long floatBytes() {
      return length() * Float.BYTES;
    }

    /**
     * @return bytes as inference needs it: codes packed, rounded up to whole bytes, and their
     *     scales as FP32; or all as FP32
     */
    public long packedBytes() {
      return quantized == null
          ? floatBytes()
          : (length() * bits() + Byte.SIZE - 1) / Byte.SIZE
              + quantized.scale().length() * Float.BYTES;
    }
  }

  private final List<Tensor> tensors = new ArrayList<>();

  private NetworkSummary() {}

  /**
   * @param network initialized
   * @return its parameters, layer by layer
   */
  public static NetworkSummary of(MultiLayerNetwork network) {
    NetworkSummary summary = new NetworkSummary();
    for (Layer layer : network.getLayers()) {
      summary.add("layer " + layer.getIndex(), layer);
    }
    return summary;
  }

  /**
   * @param graph initialized
   * @return its parameters, in the order in which the vertices compute
   */
  public static NetworkSummary of(ComputationGraph graph) {
    NetworkSummary summary = new NetworkSummary();
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      if (vertex.hasLayer()) {
        summary.add(vertex.getVertexName(), vertex.getLayer());
      } else if (vertex.numParams() > 0) {
        vertex
            .paramTable(false)
            .forEach(
                (key, value) ->
                    summary.tensors.add(
                        new Tensor(
                            vertex.getVertexName(),
                            vertex.getClass().getSimpleName(),
                            key,
                            value.shape(),
                            null)));
      }
    }
    return summary;
  }

  /**
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialized
   * @return its parameters, in the order in which they compute
   * @throws IllegalArgumentException if it is of another kind
   */
  public static NetworkSummary of(Model network) {
    return EitherKind.of(network, NetworkSummary::of, NetworkSummary::of);
  }

  private void add(String place, Layer layer) {
    Map<String, QuantizedTensor> quantized = QuantizedWeights.of(layer);
    Layer inner = layer;
    while (inner instanceof BaseWrapperLayer) {
      inner = ((BaseWrapperLayer) inner).getUnderlying();
    }
    String name = inner.conf().getLayer().getLayerName();
    String type = inner.conf().getLayer().getClass().getSimpleName();
    Set<String> scales = QuantizedWeights.fixedScales(layer);
    for (Map.Entry<String, INDArray> parameter : inner.paramTable().entrySet()) {
      if (scales.contains(parameter.getKey())) {
        continue; // counted with its weights
      }
      tensors.add(
          new Tensor(
              name == null ? place : name,
              type,
              parameter.getKey(),
              parameter.getValue().shape(),
              quantized.get(parameter.getKey())));
    }
  }

  /**
   * @return the tensors in the network's order
   */
  public List<Tensor> tensors() {
    return Collections.unmodifiableList(tensors);
  }

  /**
   * @return number of parameters
   */
  public long parameters() {
    return tensors.stream().mapToLong(Tensor::length).sum();
  }

  /**
   * @return number of parameters that are quantized
   */
  public long quantizedParameters() {
    return tensors.stream()
        .filter(tensor -> tensor.quantized().isPresent())
        .mapToLong(Tensor::length)
        .sum();
  }

  /**
   * @return bytes of all as FP32
   */
  public long floatBytes() {
    return tensors.stream().mapToLong(Tensor::floatBytes).sum();
  }

  /**
   * @return bytes of all as inference needs them
   */
  public long packedBytes() {
    return tensors.stream().mapToLong(Tensor::packedBytes).sum();
  }
}
