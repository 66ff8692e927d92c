package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step in FLOAT from the state that PyTorch's run had before it, for each of its ten steps, all
 * seeds and both layouts.
 *
 * <p>What is bounded is the 95th percentile of these, not the largest. Now and then one of some
 * ninety thousand values lies so near 0 before a ReLU, or two so near each other before max
 * pooling, that rounding decides on which side they are, and a gradient goes another way.
 */
final class SingleStepSection {

  /** Largest relative error of a parameter. */
  static final double BOUND = 1e-5;

  private static final double SHARE = 0.95;
  private static final String LARGEST = "largest of all with a gradient";

  private final Runs runs;

  SingleStepSection(Runs runs) {
    this.runs = runs;
  }

  Section write() throws IOException {
    List<String> columns = new ArrayList<>(List.of("parameter"));
    List<Map<String, double[]>> errors = new ArrayList<>();
    List<Double> bounds = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      for (String kernels : runs.kernels()) {
        columns.add(setting + " " + kernels);
        errors.add(errors(setting, kernels));
        bounds.add(kernels.equals(WayNames.BF16) ? Double.POSITIVE_INFINITY : BOUND);
      }
    }
    Section section =
        new Section(
            "FLOAT, one step from the same state: relative error of each parameter, 95th percentile",
            columns);
    double[] largest = new double[errors.size()];
    for (Parameter parameter : Parameters.ALL) {
      List<String> cells = new ArrayList<>();
      cells.add(parameter.name() + (parameter.isWithoutGradient() ? " (no gradient)" : ""));
      for (int i = 0; i < errors.size(); i++) {
        double[] values = errors.get(i).get(parameter.name());
        double bound = parameter.isWithoutGradient() ? Double.POSITIVE_INFINITY : bounds.get(i);
        String what = "FLOAT, one step, " + columns.get(i + 1) + ": " + parameter.name();
        cells.add(section.bounded(Errors.quantile(SHARE, values), bound, what));
        if (!parameter.isWithoutGradient()) {
          largest[i] = Math.max(largest[i], Errors.quantile(1, values));
        }
      }
      section.row(cells);
    }
    List<String> cells = new ArrayList<>(List.of(LARGEST));
    for (double value : largest) {
      cells.add(Section.text(value));
    }
    section.row(cells);
    return section;
  }

  /** By parameter, of each step. */
  private Map<String, double[]> errors(Setting setting, String kernels) throws IOException {
    int steps = RunNames.SEEDS.size() * WayNames.FORMATS.size() * Run.STEPS;
    Map<String, double[]> errors = new LinkedHashMap<>();
    Parameters.ALL.forEach(parameter -> errors.put(parameter.name(), new double[steps]));
    int index = 0;
    for (long seed : RunNames.SEEDS) {
      Run theirs = runs.torch(setting, NumberType.FLOAT, seed);
      for (String format : WayNames.FORMATS) {
        Run ours = runs.single(setting, WayNames.of(kernels, format, Defect.NONE), seed);
        for (int step = 1; step <= Run.STEPS; step++) {
          for (Parameter parameter : Parameters.ALL) {
            double[] truth = Runs.truth(theirs, parameter, step - 1, step);
            double[] value = ours.get(step, parameter.name());
            errors.get(parameter.name())[index] = Errors.relative(value, truth);
          }
          index++;
        }
      }
    }
    return errors;
  }
}
