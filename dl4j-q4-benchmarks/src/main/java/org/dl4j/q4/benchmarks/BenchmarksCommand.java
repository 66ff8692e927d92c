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

  /** Each contender of a table. */
  private static final Rounds TABLES = new Rounds(4, 11);

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

  @Option(
      names = "--scaling",
      description =
          "Instead of the benchmarks: tables of how time and memory of our step grow with batch,"
              + " threads and width.")
  private boolean scaling;

  @Option(
      names = "--pytorch",
      description =
          "Instead of the benchmarks: tables of the ways to run PyTorch, the fastest of which the"
              + " benchmarks use.")
  private boolean pytorch;

  @Option(
      names = "--parity",
      description =
          "Instead of the benchmarks: whether training steps lead to the same weights as PyTorch's."
              + " Ends with exit code 1 if not.")
  private boolean parity;

  @Option(
      names = "--onnx",
      description =
          "Instead of the benchmarks: whether our networks, exported, give in ONNX Runtime what they"
              + " give here. Ends with exit code 1 if not.")
  private boolean onnx;

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
                .map(it -> String.format("  %-27s%s", it.name(), it.description()))
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
    if (parity) {
      boolean holds = new Parity(installation, System.out, System.err).run();
      return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
    if (onnx) {
      boolean holds = new Onnx(installation, System.out, System.err).run();
      return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
    if (scaling || pytorch) {
      tables(installation);
      return CommandLine.ExitCode.OK;
    }
    for (Benchmark benchmark : benchmarks) {
      new Match(benchmark, rounds(benchmark.rounds()), System.err).run(installation, System.out);
    }
    return CommandLine.ExitCode.OK;
  }

  private void tables(Installation installation) throws IOException {
    Sweep sweep = new Sweep(rounds(TABLES), installation, System.out, System.err);
    if (scaling) {
      List<String> kernels = Machine.hasBf16() ? List.of("f32", "bf16") : List.of("f32");
      new Scaling(kernels, sweep, System.out).run();
    }
    if (pytorch) {
      new PyTorchVariants(sweep, System.out).run();
    }
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

  private Rounds rounds(Rounds full) {
    Rounds rounds = quick ? Rounds.QUICK : full;
    return steps == null ? rounds : rounds.withMeasured(steps);
  }
}
