package org.dl4j.q4.io;

import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The number of epochs that a network's configuration says are done. */
final class EpochCount {

  private final IntSupplier getter;
  private final IntConsumer setter;

  private EpochCount(IntSupplier getter, IntConsumer setter) {
    this.getter = getter;
    this.setter = setter;
  }

  /** A count that is set for a while. */
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param model a network of either kind
   * @return its count
   * @throws IllegalArgumentException if it is neither
   */
  static EpochCount of(Model model) {
    if (model instanceof MultiLayerNetwork) {
      MultiLayerNetwork network = (MultiLayerNetwork) model;
      return new EpochCount(network::getEpochCount, network::setEpochCount);
    }
    if (model instanceof ComputationGraph) {
      ComputationGraph graph = (ComputationGraph) model;
      return new EpochCount(
          graph::getEpochCount, count -> graph.getConfiguration().setEpochCount(count));
    }
    throw new IllegalArgumentException(
        "A checkpoint is of a MultiLayerNetwork or a ComputationGraph; got "
            + model.getClass().getName());
  }

  int get() {
    return getter.getAsInt();
  }

  /** Closing the scope sets the count that was before. */
  Scope set(int count) {
    int before = get();
    setter.accept(count);
    return () -> setter.accept(before);
  }
}
