package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dl4j.q4.examples.report.chart.ChartFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code q4 report curves}. */
@Command(
    name = "curves",
    description =
        "A picture of runs over epochs: a line for each configuration, the mean over seeds, with a"
            + " thin line for each seed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CurvesCommand implements Callable<Integer> {

  @Mixin private final RunsOptions runs = new RunsOptions();

  @Option(
      names = "--paper",
      paramLabel = "FILE",
      description =
          "A log in the same columns, dashed on top, as far as the longest of the runs goes.")
  private Path paper;

  @Option(names = "--title", paramLabel = "TEXT", description = "Of the picture: none by default.")
  private String title = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Replaced if it is there; its name ends in .svg or .png.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ChartFile.Format format =
        ChartFile.Format.of(out)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "--out must end in .svg or .png; got " + out));
    CurvesChart chart = new CurvesChart(title, runs.column, CurvesChart.HEIGHT);
    for (RunGroup group : runs.groups()) {
      chart.add(group);
    }
    if (paper != null) {
      chart.addLog("paper's log", Metrics.read(paper));
    }
    ChartFile.write(chart.chart(), chart.description(), format, out);
    return 0;
  }
}
