package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ten free-running steps in DOUBLE, the largest error of all seeds. */
final class DoubleSection {

  /** Largest relative error of a parameter. */
  static final double BOUND = 1e-9;

  private final Runs runs;

  DoubleSection(Runs runs) {
    this.runs = runs;
  }

  Section write() throws IOException {
    List<String> columns = new ArrayList<>(List.of("parameter"));
    List<Map<String, Double>> errors = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      for (String format : WayNames.FORMATS) {
        columns.add(setting + " " + format);
        errors.add(largest(setting, format));
      }
    }
    Section section = new Section("DOUBLE, ten steps: relative error of each parameter", columns);
    for (Parameter parameter : Parameters.ALL) {
      List<String> cells = new ArrayList<>(List.of(parameter.name()));
      for (int i = 0; i < errors.size(); i++) {
        String what = "DOUBLE, " + columns.get(i + 1) + ": " + parameter.name();
        cells.add(section.bounded(errors.get(i).get(parameter.name()), BOUND, what));
      }
      section.row(cells);
    }
    List<String> cells = new ArrayList<>(List.of("codes that differ in any step"));
    for (int i = 0; i < errors.size(); i++) {
      String what = "DOUBLE, " + columns.get(i + 1) + ": the number of codes that differ";
      cells.add(section.bounded(errors.get(i).get(Run.CODES), 0, what));
    }
    section.row(cells);
    return section;
  }

  private Map<String, Double> largest(Setting setting, String format) throws IOException {
    String way = WayNames.of(WayNames.KERNELS.get(0), format, Defect.NONE);
    Map<String, Double> largest = new LinkedHashMap<>();
    for (long seed : RunNames.SEEDS) {
      Run ours = runs.free(setting, NumberType.DOUBLE, way, seed);
      Run theirs = runs.torch(setting, NumberType.DOUBLE, seed);
      for (Parameter parameter : Parameters.ALL) {
        largest.merge(parameter.name(), error(ours, theirs, parameter), Math::max);
      }
      largest.merge(Run.CODES, (double) differingCodes(ours, theirs), Double::sum);
    }
    return largest;
  }

  /** Of a parameter after the last step. */
  static double error(Run ours, Run theirs, Parameter parameter) {
    return Errors.relative(
        ours.get(Run.STEPS, parameter.name()), Runs.truth(theirs, parameter, 0, Run.STEPS));
  }

  private static int differingCodes(Run ours, Run theirs) {
    int count = 0;
    for (int step = 0; step <= Run.STEPS; step++) {
      for (Parameter parameter : Parameters.weights()) {
        String codes = Run.CODES + parameter.name();
        count += Errors.differing(ours.get(step, codes), theirs.get(step, codes));
      }
    }
    return count;
  }
}
