package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code q4 report table}. */
@Command(
    name = "table",
    description =
        "A Markdown table of runs, a row for each configuration: means and standard deviations over"
            + " seeds, and differences to a baseline.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TableCommand implements Callable<Integer> {

  @Mixin private final RunsOptions runs = new RunsOptions();

  @Option(
      names = "--epochs",
      paramLabel = "FROM-TO",
      converter = EpochRange.Converter.class,
      description = "Take a mean over these epochs, not over each run's last three.")
  private EpochRange epochs;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description =
          "Compare the other groups with this one seed by seed: mean difference and 95 %% interval.")
  private String baseline;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write there, replacing what it holds, and not to standard output.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<RunGroup> groups = runs.groups();
    Markdown.write(
        new ResultsTable(groups, runs.column, epochs, baseline(groups)).toMarkdown(), out);
    return 0;
  }

  private RunGroup baseline(List<RunGroup> groups) {
    try {
      return baseline == null ? null : RunGroups.named(groups, baseline);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
