package org.dl4j.q4.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.dl4j.q4.network.NetworkSteps;
import org.dl4j.q4.network.Step;

/** The outputs of a network, in its own layout. */
final class OutputShape {

  private OutputShape() {}

  /**
   * @param output name of a step or of an input
   * @param value its edge, which becomes an output of the ONNX graph
   */
  static void write(NetworkSteps network, String output, Value value, GraphWriter graph) {
    String edge = PreProcessors.inNetworkLayout(output + "/channels_last", value, graph);
    List<String> dimensions =
        value.layout().isImages()
            ? List.of(GraphWriter.BATCH, output + "_1", output + "_2", output + "_3")
            : List.of(GraphWriter.BATCH, features(network, output));
    graph.output(edge, output, dimensions);
  }

  private static String features(NetworkSteps network, String output) {
    for (Step step : network.steps()) {
      if (step.name().equals(output)
          && step.isLayer()
          && step.layer().conf().getLayer() instanceof FeedForwardLayer) {
        long units = ((FeedForwardLayer) step.layer().conf().getLayer()).getNOut();
        if (units > 0) {
          return Long.toString(units);
        }
      }
    }
    return output + "_1";
  }
}
