package org.dl4j.q4.benchmarks.parity;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The updater's state of one parameter within a network's. Deeplearning4j keeps it by blocks of
 * neighbouring parameters, each a flat array with the parameters one after the other.
 */
final class Q4Moments {

  private Q4Moments() {}

  /**
   * @param network the network
   * @param layer one of its layers
   * @param name Deeplearning4j's of the parameter
   * @param moment {@code M} or {@code V}
   * @return a view, of the parameter's shape
   */
  static INDArray of(MultiLayerNetwork network, Layer layer, String name, String moment) {
    for (UpdaterBlock block : ((MultiLayerUpdater) network.getUpdater()).getUpdaterBlocks()) {
      for (ParamState state : block.getLayersAndVariablesInBlock()) {
        if (state.getLayer() == layer && state.getParamName().equals(name)) {
          return view(block, state, layer.getParam(name), moment);
        }
      }
    }
    throw new IllegalStateException(
        "No updater has the state of " + name + " in " + layer.conf().getLayer().getLayerName());
  }

  private static INDArray view(
      UpdaterBlock block, ParamState state, INDArray parameter, String moment) {
    @SuppressWarnings("unchecked") // a raw type in Deeplearning4j
    Map<String, INDArray> states = block.getGradientUpdater().getState();
    INDArray flat = states.get(moment);
    long start = (long) state.getParamOffsetStart() - block.getParamOffsetStart();
    return flat.reshape(flat.length())
        .get(NDArrayIndex.interval(start, start + parameter.length()))
        .reshape(parameter.ordering(), parameter.shape());
  }
}
