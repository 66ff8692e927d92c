package org.dl4j.q4.infer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.BatchNormFolding;
import org.dl4j.q4.network.EitherKind;
import org.dl4j.q4.network.NetworkSteps;
import org.dl4j.q4.network.Step;
import org.dl4j.q4.quant.ActivationRange;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Finds out between which values a network's activations lie, so that they can be rounded to 8
 * bits: the network, its batch norm folded, predicts some batches, and the smallest and the largest
 * activation behind the input and behind each layer or vertex are taken down.
 *
 * <p>The batches should be like those that the network will see, and not those that its accuracy is
 * measured on: training images, as in evaluation neither cropped nor flipped.
 */
public final class Calibration {

  private Calibration() {}

  /**
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph} of one input; left as
   *     it is
   * @param data features; taken from where it stands
   * @param batches how many, at least 1
   * @return the ranges by the names of {@link NetworkSteps} of the network with batch norm folded:
   *     those of inputs, and of steps for what comes out of them
   * @throws IllegalArgumentException if there are fewer batches, or an activation is not finite
   */
  public static Map<String, ActivationRange> ranges(
      Model network, DataSetIterator data, int batches) {
    if (batches < 1) {
      throw new IllegalArgumentException("Expected at least 1 batch, found " + batches);
    }
    Model folded = BatchNormFolding.fold(network).result();
    NetworkSteps steps = NetworkSteps.of(folded);
    Map<String, ActivationRange> ranges = new LinkedHashMap<>();
    for (int batch = 0; batch < batches; batch++) {
      if (!data.hasNext()) {
        throw new IllegalArgumentException(
            "Expected " + batches + " batches to calibrate with, found " + batch);
      }
      DataSet next = data.next();
      activations(folded, steps, next.getFeatures())
          .forEach((name, values) -> add(name, values, ranges));
    }
    return Collections.unmodifiableMap(ranges);
  }

  private static void add(String name, INDArray values, Map<String, ActivationRange> ranges) {
    try {
      ranges.merge(name, ActivationRange.of(values), ActivationRange::and);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Activations of " + name + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, INDArray> activations(
      Model network, NetworkSteps steps, INDArray features) {
    return EitherKind.of(
        network, layers -> ofLayers(layers, steps, features), graph -> ofGraph(graph, features));
  }

  private static Map<String, INDArray> ofLayers(
      MultiLayerNetwork network, NetworkSteps steps, INDArray features) {
    List<String> names = new ArrayList<>(steps.inputs());
    for (Step step : steps.steps()) {
      names.add(step.name());
    }
    List<INDArray> activations = network.feedForward(features, false); // the features come first
    Map<String, INDArray> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), activations.get(i));
    }
    return named;
  }

  private static Map<String, INDArray> ofGraph(ComputationGraph graph, INDArray features) {
    List<String> inputs = graph.getConfiguration().getNetworkInputs();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("Expected a graph of one input, found " + inputs);
    }
    return graph.feedForward(features, false); // the features are among them
  }
}
