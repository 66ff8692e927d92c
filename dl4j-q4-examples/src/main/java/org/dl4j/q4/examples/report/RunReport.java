package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dl4j.q4.examples.report.network.NetworkSection;
import org.dl4j.q4.examples.report.page.Page;
import org.dl4j.q4.examples.report.stats.StatsSection;

/** The page of a run or of several, from what there is in their folders. */
final class RunReport {

  /** What the log of others is called. */
  static final String PAPER = "paper's log";

  /** As {@code Q4StatsListener}'s CSV route writes it, where a run has one. */
  private static final String STATISTICS = "quantization.csv";

  private static final String PACKED = ".q4";

  private RunReport() {}

  /**
   * @param folder of a run, or of folders of runs
   * @param paper a log in the columns of {@code metrics.csv}; null for none
   * @return the page, not yet written
   * @throws IOException if there is no run, or a file is not as it should be, saying where
   */
  static Page of(Path folder, Path paper) throws IOException {
    List<Run> runs = RunFolders.in(folder);
    PageGroups groups = PageGroups.of(runs);
    Metrics log = paper == null ? null : Metrics.read(paper);
    Page page =
        new Page(
                "Training report: " + folder.toAbsolutePath().normalize().getFileName(),
                runs.size() == 1
                    ? "A run of q4.jar train."
                    : runs.size() + " runs of q4.jar train.")
            .add(ResultsSection.of(groups, log))
            .add(CurvesSection.of(groups.groups(), log))
            .add(LevelsSection.of(groups.groups()));
    boolean several = runs.size() > 1;
    for (Run run : runs) {
      Path statistics = run.folder.resolve(STATISTICS);
      if (Files.isRegularFile(statistics)) {
        page.add(
            StatsSection.of(
                "Statistics of the layers" + of(run, several), statistics, suffix(run, several)));
      }
    }
    for (Run run : firstOfEach(groups)) {
      Optional<Path> network = network(run.folder);
      if (network.isPresent()) {
        page.add(
            NetworkSection.of(
                "Layers of " + network.get().getFileName() + of(run, several),
                network.get(),
                suffix(run, several)));
      }
    }
    return page.add(OptionsSection.of(runs));
  }

  private static String of(Run run, boolean several) {
    return several ? ", run " + run.name() : "";
  }

  private static String suffix(Run run, boolean several) {
    return several ? "-" + run.name() : "";
  }

  /** Of several seeds, one whose network is there: a page of all would be long. */
  private static List<Run> firstOfEach(PageGroups groups) throws IOException {
    List<Run> first = new ArrayList<>();
    for (RunGroup group : groups.groups()) {
      for (Run run : group.runs()) {
        if (network(run.folder).isPresent()) {
          first.add(run);
          break;
        }
      }
    }
    return first;
  }

  /** The network after the last epoch, else after the best, else a packed one. */
  private static Optional<Path> network(Path folder) throws IOException {
    for (String name : List.of("last.zip", "best.zip")) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return Optional.of(folder.resolve(name));
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(PACKED)).sorted().findFirst();
    }
  }
}
