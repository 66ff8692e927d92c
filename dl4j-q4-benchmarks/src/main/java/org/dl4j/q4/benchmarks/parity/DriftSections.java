package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Ten free-running steps in FLOAT: what rounding does, here and in PyTorch. */
final class DriftSections {

  /** How many times PyTorch's own error, or {@link Drift#ROUNDING}, ours may be. */
  static final double BOUND = 3;

  private static final String PYTORCH = "PyTorch";

  private final Runs runs;
  private final Map<Setting, Map<String, Drift>> drifts = new LinkedHashMap<>();

  DriftSections(Runs runs) {
    this.runs = runs;
  }

  List<Section> write() throws IOException {
    for (Setting setting : Setting.values()) {
      drifts.put(setting, drifts(setting));
    }
    return List.of(codes(), errors());
  }

  private Map<String, Drift> drifts(Setting setting) throws IOException {
    Map<String, Drift> all = new LinkedHashMap<>();
    all.put(PYTORCH, new Drift(runs, setting, it -> runs.torch(setting, NumberType.FLOAT, it)));
    for (String kernels : runs.kernels()) {
      for (String format : WayNames.FORMATS) {
        String way = WayNames.of(kernels, format, Defect.NONE);
        all.put(
            kernels + " " + format,
            new Drift(runs, setting, it -> runs.free(setting, NumberType.FLOAT, way, it)));
      }
    }
    return all;
  }

  private Section codes() {
    List<String> columns = new ArrayList<>(List.of("FLOAT"));
    Parameters.weights().forEach(weight -> columns.add(weight.name()));
    Section section =
        new Section(
            "FLOAT, ten steps: share of codes that differ from PyTorch's in DOUBLE", columns);
    drifts.forEach(
        (setting, ways) ->
            ways.forEach(
                (way, drift) -> {
                  List<String> cells = new ArrayList<>(List.of(setting + " " + way));
                  for (Parameter weight : Parameters.weights()) {
                    double percent = 100 * drift.differingShare(weight.name());
                    cells.add(percent == 0 ? "0" : String.format(Locale.ROOT, "%.2g %%", percent));
                  }
                  section.row(cells);
                }));
    return section;
  }

  private Section errors() {
    Section section =
        new Section(
            "FLOAT, ten steps: error of all parameters that have a gradient",
            List.of("FLOAT", "error", "÷ PyTorch's", "growth of the weights"));
    drifts.forEach(
        (setting, ways) -> {
          double theirs = ways.get(PYTORCH).error();
          ways.forEach((way, drift) -> section.row(row(section, setting, way, drift, theirs)));
        });
    return section;
  }

  private static List<String> row(
      Section section, Setting setting, String way, Drift drift, double theirs) {
    double bound =
        way.startsWith(WayNames.BF16)
            ? Double.POSITIVE_INFINITY
            : BOUND * Math.max(theirs, Drift.ROUNDING);
    String what = "FLOAT, ten steps, " + setting + " " + way + ": the error";
    return List.of(
        setting + " " + way,
        section.bounded(drift.error(), bound, what),
        String.format(Locale.ROOT, "%.3g", drift.error() / theirs),
        Section.text(drift.growth()));
  }
}
