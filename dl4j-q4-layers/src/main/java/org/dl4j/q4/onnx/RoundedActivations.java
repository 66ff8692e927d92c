package org.dl4j.q4.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dl4j.q4.network.NetworkSteps;
import org.dl4j.q4.network.Step;
import org.dl4j.q4.quant.ActivationRange;

/**
 * Which activations of a network are rounded to 8 bits, and to which. Those that a convolution or a
 * dense layer reads, be it through steps that only pass values on, as max pooling; and what comes
 * out of a convolution, behind its ReLU, since runtimes have no convolution from integers to
 * floats. What is behind a step that passes values on has the codes of what is before it: so the
 * step can work on the codes.
 *
 * <p>All readers of a rounded activation get the rounded one. The network's outputs are not
 * rounded.
 */
final class RoundedActivations {

  private final Map<String, ActivationRange> ranges;
  private final Set<String> rounded;

  private RoundedActivations(Map<String, ActivationRange> ranges, Set<String> rounded) {
    this.ranges = ranges;
    this.rounded = rounded;
  }

  /**
   * @param ranges by the names of the network's inputs and steps; null to round nothing
   * @throws IllegalArgumentException if one is missing
   */
  static RoundedActivations of(NetworkSteps network, Map<String, ActivationRange> ranges) {
    if (ranges == null) {
      return new RoundedActivations(Map.of(), Set.of());
    }
    Set<String> rounded = new HashSet<>();
    Map<String, List<Step>> readers = new HashMap<>();
    List<Step> backwards = new ArrayList<>(network.steps());
    Collections.reverse(backwards); // what a step's output is read by is known before the step
    for (Step step : backwards) {
      if (StepKinds.isProduct(step)
          || (StepKinds.passesOn(step) && rounded.contains(step.name()))) {
        rounded.addAll(step.inputs());
      }
      step.inputs().forEach(it -> readers.computeIfAbsent(it, key -> new ArrayList<>()).add(step));
      if (StepKinds.isConvolutionUpToReLU(step)) {
        rounded.add(behindReLU(step, readers.getOrDefault(step.name(), List.of())).name());
      }
    }
    for (Step step : network.steps()) {
      if (!readers.containsKey(step.name())) {
        rounded.remove(step.name());
      }
    }
    rounded.stream().sorted().forEach(name -> requireRange(name, ranges));
    return new RoundedActivations(Map.copyOf(ranges), rounded);
  }

  /** A ReLU that alone reads a convolution is done by the rounding, as one inside of it. */
  private static Step behindReLU(Step convolution, List<Step> readers) {
    return readers.size() == 1 && StepKinds.isReLU(readers.get(0)) ? readers.get(0) : convolution;
  }

  private static void requireRange(String name, Map<String, ActivationRange> ranges) {
    if (!ranges.containsKey(name)) {
      throw new IllegalArgumentException(
          "Expected a range of the activations of "
              + name
              + ", as Calibration.ranges finds it for this network, found ranges of "
              + ranges.keySet().stream().sorted().collect(Collectors.toList()));
    }
  }

  /**
   * @param input one of the network's inputs
   * @param value its edge
   * @return what the steps read
   */
  Value behindInput(String input, Value value, GraphWriter graph) {
    return rounded.contains(input) ? round(value, codes(input), graph) : value;
  }

  /**
   * @param input the first of what the step reads
   * @param value what comes out of it
   * @return what the steps behind it read
   */
  Value behind(Step step, Value input, Value value, GraphWriter graph) {
    if (!rounded.contains(step.name())) {
      return value;
    }
    ActivationCodes codes =
        StepKinds.passesOn(step) ? graph.codes(input.name()).orElseThrow() : codes(step.name());
    return round(value, codes, graph);
  }

  /**
   * @param input what a preprocessor reads
   * @param value what it makes of that: the same numbers in another shape
   * @return what the layer reads
   */
  Value behindPreProcessor(Value input, Value value, GraphWriter graph) {
    return graph.codes(input.name()).map(codes -> round(value, codes, graph)).orElse(value);
  }

  private ActivationCodes codes(String name) {
    return ActivationCodes.of(ranges.get(name));
  }

  private static Value round(Value value, ActivationCodes codes, GraphWriter graph) {
    return graph.codes(value.name()).isPresent() // no node has been written, as for dropout
        ? value
        : value.renamed(graph.round(value.name(), codes));
  }
}
