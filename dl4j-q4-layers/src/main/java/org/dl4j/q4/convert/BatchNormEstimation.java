package org.dl4j.q4.convert;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Estimates batch norm's running statistics anew. They were taken while the network trained with
 * float weights; with quantized ones, its layers' inputs are distributed a little differently, and
 * statistics that say so give back a part of what post-training quantization costs.
 *
 * <p>The network runs over some batches as in training, so that every batch norm normalizes by its
 * batch's own statistics and what comes behind it does not depend on the old ones. Its running mean
 * becomes the mean of the batches' means, its running variance the mean of their variances (over
 * batch and places, divided by their number). A frozen batch norm keeps its statistics. Nothing
 * else changes, but that a fixed scale that is not set yet is set, as by any training pass.
 */
public final class BatchNormEstimation {

  private BatchNormEstimation() {}

  /**
   * @param network its running statistics are replaced
   * @param data features as in training; taken from where it stands
   * @param batches how many, at least 1
   * @return how many layers were estimated anew
   * @throws IllegalArgumentException if there are fewer batches
   */
  public static int estimate(MultiLayerNetwork network, DataSetIterator data, int batches) {
    Statistics statistics = new Statistics();
    for (int batch = 0; batch < batches; batch++) {
      INDArray features = next(data, batch, batches).getFeatures();
      List<INDArray> activations = network.feedForward(features, true);
      Layer[] layers = network.getLayers();
      for (int i = 0; i < layers.length; i++) {
        if (Statistics.isOf(layers[i])) {
          InputPreProcessor preProcessor =
              network.getLayerWiseConfigurations().getInputPreProcess(i);
          statistics.add(layers[i], preProcessed(activations.get(i), preProcessor));
        }
      }
    }
    network.clearLayerMaskArrays();
    return statistics.assign();
  }

  /**
   * @param graph of one input; its running statistics are replaced
   * @param data features as in training; taken from where it stands
   * @param batches how many, at least 1
   * @return how many layers were estimated anew
   * @throws IllegalArgumentException if there are fewer batches
   */
  public static int estimate(ComputationGraph graph, DataSetIterator data, int batches) {
    Statistics statistics = new Statistics();
    for (int batch = 0; batch < batches; batch++) {
      INDArray features = next(data, batch, batches).getFeatures();
      Map<String, INDArray> activations = graph.feedForward(features, true);
      for (GraphVertex vertex : graph.getVertices()) {
        if (vertex.hasLayer() && Statistics.isOf(vertex.getLayer())) {
          VertexIndices input = vertex.getInputVertices()[0];
          String name = graph.getVertices()[input.getVertexIndex()].getVertexName();
          statistics.add(
              vertex.getLayer(), preProcessed(activations.get(name), preProcessor(vertex)));
        }
      }
    }
    return statistics.assign();
  }

  private static DataSet next(DataSetIterator data, int batch, int batches) {
    if (batches < 1 || !data.hasNext()) {
      throw new IllegalArgumentException(
          "Expected "
              + Math.max(1, batches)
              + " batches to estimate batch norm from, found "
              + batch);
    }
    return data.next();
  }

  private static InputPreProcessor preProcessor(GraphVertex vertex) {
    return vertex instanceof LayerVertex ? ((LayerVertex) vertex).getLayerPreProcessor() : null;
  }

  private static INDArray preProcessed(INDArray activations, InputPreProcessor preProcessor) {
    return preProcessor == null
        ? activations
        : preProcessor.preProcess(
            activations, (int) activations.size(0), LayerWorkspaceMgr.noWorkspaces());
  }
}
