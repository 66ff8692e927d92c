package org.dl4j.q4.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program {@code benchmarks.jar}. Results go to standard output, progress to standard error.
 */
@Command(
    name = "benchmarks",
    description = {
      "Measures this project side by side with others, each in a process of its own, taking turns.",
      "Prints a line for each benchmark, ours / theirs, lower is better:",
      "",
      "  RATIO <name> <median> <p10> <p90> <ours_ms> <theirs_ms>",
      ""
    },
    footerHeading = "%nBenchmarks:%n",
    sortOptions = false)
public final class BenchmarksCommand implements Callable<Integer> {

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Run this benchmark alone; may be given several times.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Rounds to measure, instead of each benchmark's own number.")
  private Integer steps;

  @Option(
      names = "--quick",
      description = "Only show that everything works: few rounds, figures that say nothing.")
  private boolean quick;

  @SuppressWarnings("UnusedVariable") // picocli shows the help before it calls this
  @Option(names = "--help", usageHelp = true, description = "Show this help and end.")
  private boolean help;

  @Spec private CommandSpec spec;

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new BenchmarksCommand());
    commandLine
        .getCommandSpec()
        .usageMessage()
        .footer(
            Catalog.ALL.stream()
                .map(it -> String.format("  %-17s%s", it.name(), it.description()))
                .toArray(String[]::new));
    commandLine.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          if (!(failure instanceof ContenderFailedException)) {
            throw failure;
          }
          // Without a stack trace: it would be ours, and explain nothing.
          line.getErr().println(failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    return commandLine;
  }

  @Override
  public Integer call() throws IOException {
    List<Benchmark> benchmarks = benchmarks();
    checkSteps();
    System.out.println(Machine.describe());
    Installation installation = Installation.ofThisProgram();
    for (Benchmark benchmark : benchmarks) {
      new Match(benchmark, rounds(benchmark), System.err).run(installation, System.out);
    }
    return CommandLine.ExitCode.OK;
  }

  private List<Benchmark> benchmarks() {
    if (only.isEmpty()) {
      return Catalog.ALL;
    }
    try {
      return only.stream().map(Catalog::named).collect(Collectors.toList());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void checkSteps() {
    if (steps != null && steps < 1) {
      throw new ParameterException(spec.commandLine(), "--steps must be at least 1; got " + steps);
    }
  }

  private Rounds rounds(Benchmark benchmark) {
    Rounds rounds = quick ? Rounds.QUICK : benchmark.rounds();
    return steps == null ? rounds : rounds.withMeasured(steps);
  }
}
