package org.dl4j.q4.network;

import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Deeplearning4j has two kinds of networks, whose common type says little. */
public final class EitherKind {

  private EitherKind() {}

  /**
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}
   * @param ofLayers what is done with the former
   * @param ofGraph what is done with the latter
   * @param <T> of the result
   * @return what was done
   * @throws IllegalArgumentException if it is of neither kind
   */
  public static <T> T of(
      Model network,
      Function<? super MultiLayerNetwork, ? extends T> ofLayers,
      Function<? super ComputationGraph, ? extends T> ofGraph) {
    if (network instanceof MultiLayerNetwork) {
      return ofLayers.apply((MultiLayerNetwork) network);
    }
    if (network instanceof ComputationGraph) {
      return ofGraph.apply((ComputationGraph) network);
    }
    throw new IllegalArgumentException(
        "Expected a MultiLayerNetwork or a ComputationGraph, found "
            + (network == null ? "null" : network.getClass().getName()));
  }
}
