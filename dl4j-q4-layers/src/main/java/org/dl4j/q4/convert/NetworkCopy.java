package org.dl4j.q4.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.dl4j.q4.layers.QuantizedWeights;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network of another configuration with the same parameters. */
final class NetworkCopy {

  private NetworkCopy() {}

  static MultiLayerNetwork of(
      MultiLayerNetwork from, MultiLayerConfiguration configuration, boolean quantized) {
    MultiLayerNetwork to = new MultiLayerNetwork(configuration);
    to.init();
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
    ComputationGraph to = new ComputationGraph(configuration);
    to.init();
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

  private static void copyVertexParameters(ComputationGraph from, ComputationGraph to) {
    for (int i = 0; i < to.getVertices().length; i++) {
      if (!to.getVertices()[i].hasLayer() && to.getVertices()[i].paramTable(false) != null) {
        Map<String, INDArray> values = from.getVertices()[i].paramTable(false);
        to.getVertices()[i]
            .paramTable(false)
            .forEach((key, array) -> array.assign(values.get(key)));
      }
    }
  }

  /**
   * @param configuration of a graph
   * @return the names of its vertices, each after those that it depends on
   */
  static List<String> order(ComputationGraphConfiguration configuration) {
    Map<Integer, String> names =
        new ComputationGraph(configuration.clone()).calculateIndices().getIdxToName();
    List<String> order = new ArrayList<>();
    for (int index : new ComputationGraph(configuration.clone()).topologicalSortOrder()) {
      order.add(names.get(index));
    }
    return order;
  }
}
