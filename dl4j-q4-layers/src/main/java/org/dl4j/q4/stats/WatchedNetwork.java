package org.dl4j.q4.stats;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.network.EitherKind;
import org.dl4j.q4.network.NetworkSteps;
import org.dl4j.q4.network.Step;
import org.dl4j.q4.quant.NonFiniteWeightException;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.train.GradientNorms;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** A network that is reported on, and what its next report is compared with. */
final class WatchedNetwork {

  private static final int NEVER = -1;

  private final int number;
  private final WeakReference<Model> model;
  private final Map<String, CodeHistory> histories = new HashMap<>();
  private int lastReport = NEVER;

  private GradientNorms norms;

  /** What the iteration count is after the update with the gradient of {@link #norms}. */
  private int normsOf = NEVER;

  WatchedNetwork(int number, Model model) {
    this.number = number;
    this.model = new WeakReference<>(model);
  }

  /** Null if nobody holds the network any more. */
  Model model() {
    return model.get();
  }

  /** How many updates the network has had. */
  static int iteration(Model network) {
    return EitherKind.of(
        network, MultiLayerNetwork::getIterationCount, ComputationGraph::getIterationCount);
  }

  private static int epoch(Model network) {
    return EitherKind.of(
        network, MultiLayerNetwork::getEpochCount, ComputationGraph::getEpochCount);
  }

  /** Whether there is to be a report on an iteration, at least so many after the last one. */
  boolean isDue(int iteration, int distance) {
    return lastReport == NEVER
        || iteration < lastReport // the count was set back
        || iteration - lastReport >= distance;
  }

  void hear(GradientNorms gradientNorms, int iteration) {
    this.norms = gradientNorms;
    this.normsOf = iteration;
  }

  /** Whether the norm of the gradient that led to an iteration is known to be no number. */
  boolean hasDiverged(int iteration) {
    return normsOf == iteration && !Double.isFinite(norms.total());
  }

  /** Whether there is a NaN in quantized weights; the soft clip makes a number of an infinity. */
  static boolean holdsNan(Model network) {
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return NetworkSteps.of(network).steps().stream()
          .filter(Step::isLayer)
          .flatMap(step -> QuantizedWeights.floats(step.layer()).values().stream())
          .anyMatch(WatchedNetwork::holdsNan);
    }
  }

  private static boolean holdsNan(INDArray weights) {
    MatchCondition count = new MatchCondition(weights, Conditions.isNan());
    return Nd4j.getExecutioner().exec(count).getLong(0) > 0;
  }

  /**
   * @param network the network
   * @param iteration how many updates it has had
   * @return its figures as it is now
   */
  QuantizationReport report(Model network, int iteration) {
    GradientNorms known = normsOf == iteration ? norms : null;
    lastReport = iteration;
    List<LayerStatistics> layers = new ArrayList<>();
    // In a step, DL4J's workspaces are open; what is kept must not lie there.
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      List<Step> steps = NetworkSteps.of(network).steps();
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i).isLayer()) {
          String key = network instanceof MultiLayerNetwork ? "" + i : steps.get(i).name();
          add(steps.get(i), key, known, layers);
        }
      }
    }
    return new QuantizationReport(
        number,
        System.currentTimeMillis(),
        iteration,
        epoch(network),
        known == null
            ? GradientNorm.UNKNOWN
            : new GradientNorm(known.total(), known.total() * known.factor()),
        layers);
  }

  /**
   * @param layerKey what the names of the layer's parameters begin with in the network's table
   */
  private void add(Step step, String layerKey, GradientNorms known, List<LayerStatistics> layers) {
    Map<String, INDArray> floats = QuantizedWeights.floats(step.layer());
    Map<String, QuantizedTensor> codes = codes(step.layer());
    floats.forEach(
        (parameter, weights) -> {
          String key = layerKey + "_" + parameter;
          GradientNorm gradient =
              known == null ? GradientNorm.UNKNOWN : GradientNorm.of(known.of(key), known.factor());
          layers.add(
              codes == null
                  ? LayerStatistics.withoutCodes(
                      step.name(), parameter, FlatTensor.elements(weights), gradient)
                  : LayerStatistics.of(
                      step.name(),
                      parameter,
                      FlatTensor.of(weights, codes.get(parameter)),
                      histories.computeIfAbsent(key, k -> new CodeHistory()),
                      gradient));
        });
  }

  /** Null if weights are not finite. */
  private static Map<String, QuantizedTensor> codes(Layer layer) {
    try {
      return QuantizedWeights.of(layer);
    } catch (NonFiniteWeightException e) {
      return null;
    }
  }
}
