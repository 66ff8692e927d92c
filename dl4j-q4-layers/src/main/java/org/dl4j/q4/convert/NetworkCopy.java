package org.dl4j.q4.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.util.GraphIndices;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.dl4j.q4.io.BlankNetworks;
import org.dl4j.q4.layers.QuantizedWeights;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network of another configuration with the same parameters. */
final class NetworkCopy {

  private NetworkCopy() {}

  static MultiLayerNetwork of(
      MultiLayerNetwork from, MultiLayerConfiguration configuration, boolean quantized) {
    MultiLayerNetwork to = BlankNetworks.of(configuration);
    copyParameters(from.getLayers(), to.getLayers(), quantized);
    Updater updater = from.getUpdater(false);
    INDArray state = updater == null ? null : updater.getStateViewArray();
    if (state != null && from.params().length() == to.params().length()) {
      to.getUpdater(true).setStateViewArray(to, state.dup(), false);
    }
    return to;
  }

  static ComputationGraph of(
      ComputationGraph from, ComputationGraphConfiguration configuration, boolean quantized) {
    ComputationGraph to = BlankNetworks.of(configuration);
    copyParameters(from.getLayers(), to.getLayers(), quantized);
    copyVertexParameters(from, to);
    ComputationGraphUpdater updater = from.getUpdater(false);
    INDArray state = updater == null ? null : updater.getStateViewArray();
    if (state != null && from.params().length() == to.params().length()) {
      to.getUpdater(true).setStateViewArray(state.dup());
    }
    return to;
  }

  private static void copyParameters(Layer[] from, Layer[] to, boolean quantized) {
    for (int i = 0; i < to.length; i++) {
      for (Map.Entry<String, INDArray> parameter : to[i].paramTable().entrySet()) {
        INDArray value = from[i].paramTable().get(parameter.getKey());
        if (value != null) { // else a fixed scale, which the first training pass sets
          parameter.getValue().assign(value);
        }
      }
      if (quantized) {
        Map<String, INDArray> parameters = to[i].paramTable();
        QuantizedWeights.values(from[i])
            .forEach((key, values) -> parameters.get(key).assign(values));
      }
    }
  }

  /** Parameters of vertices that are no layers, such as attention. */
  static void copyVertexParameters(ComputationGraph from, ComputationGraph to) {
    for (GraphVertex vertex : to.getVertices()) {
      if (!vertex.hasLayer() && vertex.numParams() > 0) {
        Map<String, INDArray> values = from.getVertex(vertex.getVertexName()).paramTable(false);
        vertex.paramTable(false).forEach((key, array) -> array.assign(values.get(key)));
      }
    }
  }

  /**
   * @param configuration of a graph
   * @return the names of its vertices, each after those that it depends on
   */
  static List<String> order(ComputationGraphConfiguration configuration) {
    GraphIndices indices = new ComputationGraph(configuration.clone()).calculateIndices();
    List<String> order = new ArrayList<>();
    for (int index : indices.getTopologicalSortOrder()) {
      order.add(indices.getIdxToName().get(index));
    }
    return order;
  }
}
