package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compares the runs of both sides and says whether they agree. */
public final class ParityReport {

  private final Runs runs;

  /**
   * @param directory where both sides have left their runs
   */
  public ParityReport(Path directory) {
    this.runs = new Runs(directory);
  }

  /**
   * @param out gets the tables, in Markdown, and then what is beyond its bound, if anything
   * @return whether everything is within its bound
   * @throws IOException if a run is missing or cannot be read
   */
  public boolean write(PrintStream out) throws IOException {
    for (Setting setting : Setting.values()) {
      out.println(describe(setting));
    }
    List<Section> sections = new ArrayList<>();
    sections.add(new DoubleSection(runs).write());
    sections.add(new SingleStepSection(runs).write());
    sections.addAll(new DriftSections(runs).write());
    sections.add(new DefectSection(runs).write());
    List<String> violations = new ArrayList<>();
    for (Section section : sections) {
      out.println();
      section.lines().forEach(out::println);
      violations.addAll(section.violations());
    }
    out.println();
    violations.forEach(violation -> out.println("BROKEN " + violation));
    out.println(violations.isEmpty() ? "PARITY holds" : "PARITY is broken");
    return violations.isEmpty();
  }

  private String describe(Setting setting) throws IOException {
    List<Long> clipped = new ArrayList<>();
    for (long seed : RunNames.SEEDS) {
      Run run = runs.torch(setting, NumberType.DOUBLE, seed);
      clipped.add(
          IntStream.rangeClosed(1, Run.STEPS)
              .filter(step -> run.get(step, Run.GRADIENT_NORM)[0] > setting.maxNorm)
              .count());
    }
    return String.format(
        Locale.ROOT,
        "# %-6s  learning rate %s to %s, decay %s, soft clip at %s, gradients clipped to %s in %s"
            + " of %d steps",
        setting,
        setting.learningRate,
        setting.minimumRate,
        setting.weightDecay,
        setting.softClip,
        setting.maxNorm,
        clipped.stream().map(String::valueOf).collect(Collectors.joining(", ")),
        Run.STEPS);
  }
}
