package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dl4j.q4.examples.report.page.Page;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code q4 report}: a page of runs; or what a command below it makes of them. */
@Command(
    name = "report",
    description = {
      "Turn the folders of training runs into a page, tables and pictures.",
      "",
      "report DIR writes report.html, which needs no other file, and its pictures as PNG files:"
          + " accuracy, loss, levels, what the layers' weights look like, sizes and options."
          + " (A folder that is called like a command below is given as ./NAME.)"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {TableCommand.class, CurvesCommand.class, LevelsCommand.class, ClipCommand.class},
    synopsisSubcommandLabel = "| COMMAND")
public final class ReportCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The folder of a run, or a folder of such folders.")
  private Path folder;

  @Option(
      names = "--paper",
      paramLabel = "FILE",
      description = "A log in the columns of metrics.csv to compare with, such as the paper's.")
  private Path paper;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the files go: DIR/report by default. Those of the same names are replaced.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (folder == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected the folder of a run or of runs, or one of the commands "
              + String.join(", ", spec.subcommands().keySet()));
    }
    Path target = out == null ? folder.resolve("report") : out;
    String missing = RunReport.of(folder, paper).write(target);
    if (!missing.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("warning: " + missing);
      err.flush();
    }
    PrintWriter print = spec.commandLine().getOut();
    print.println("wrote " + target.resolve(Page.NAME));
    print.flush();
    return 0;
  }
}
