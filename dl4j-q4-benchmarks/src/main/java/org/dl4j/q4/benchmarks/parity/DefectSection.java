package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The same comparison as {@link DoubleSection} with a defect on our side. Each one has to be
 * noticed: else the comparison is worth nothing.
 */
final class DefectSection {

  private final Runs runs;

  DefectSection(Runs runs) {
    this.runs = runs;
  }

  Section write() throws IOException {
    List<String> columns = new ArrayList<>(List.of("defect"));
    for (Setting setting : Setting.values()) {
      columns.add(setting + ": largest error");
      columns.add("in");
    }
    Section section = new Section("What a defect looks like in DOUBLE", columns);
    for (Defect defect : Defect.values()) {
      List<String> cells = new ArrayList<>(List.of(defect.toString()));
      for (Setting setting : Setting.values()) {
        addWorst(setting, defect, section, cells);
      }
      section.row(cells);
    }
    return section;
  }

  private void addWorst(Setting setting, Defect defect, Section section, List<String> cells)
      throws IOException {
    String way = WayNames.of(WayNames.KERNELS.get(0), WayNames.FORMATS.get(0), defect);
    long seed = RunNames.SEEDS.get(0);
    Run ours = runs.free(setting, NumberType.DOUBLE, way, seed);
    Run theirs = runs.torch(setting, NumberType.DOUBLE, seed);
    double worst = -1;
    String where = "";
    for (Parameter parameter : Parameters.ALL) {
      double error = DoubleSection.error(ours, theirs, parameter);
      if (error > worst && !parameter.isWithoutGradient()) {
        worst = error;
        where = parameter.name();
      }
    }
    if (defect != Defect.NONE && !Errors.exceeds(worst, DoubleSection.BOUND)) {
      section.violation("Not noticed in " + setting + ": " + defect);
    }
    cells.add(Section.text(worst));
    cells.add(where);
  }
}
