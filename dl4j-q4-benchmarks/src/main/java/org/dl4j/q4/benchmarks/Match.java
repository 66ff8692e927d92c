package org.dl4j.q4.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** One run of a benchmark: starts its contenders and lets them take turns. */
final class Match {

  private final Benchmark benchmark;
  private final Rounds rounds;
  private final PrintStream progress;

  /**
   * @param benchmark what to run
   * @param rounds how often
   * @param progress where each round is told
   */
  Match(Benchmark benchmark, Rounds rounds, PrintStream progress) {
    this.benchmark = benchmark;
    this.rounds = rounds;
    this.progress = progress;
  }

  /**
   * @param installation where the contenders' jars are
   * @param results where to write what the contenders are, and the ratio
   * @throws IOException if a process cannot be started
   * @throws ContenderFailedException if a contender fails
   */
  void run(Installation installation, PrintStream results) throws IOException {
    try (ChildProcess ours = start(benchmark.ours(), installation);
        ChildProcess theirs = start(benchmark.theirs(), installation)) {
      results.printf("# %s, %s%n", benchmark.name(), rounds);
      introduce("ours", benchmark.ours(), ours, results);
      introduce("theirs", benchmark.theirs(), theirs, results);
      results.println(play(ours, theirs).line(benchmark.name()));
    }
  }

  private static ChildProcess start(ContenderSpec spec, Installation installation)
      throws IOException {
    return ChildProcess.start(spec.name(), spec.process(installation));
  }

  private static void introduce(
      String side, ContenderSpec spec, ChildProcess child, PrintStream results) throws IOException {
    results.printf(
        "#   %-6s  %s: %s%n#           allocator: %s%n",
        side, spec.name(), child.awaitReady(), spec.describeEnvironment());
  }

  private Ratio play(ChildProcess ours, ChildProcess theirs) throws IOException {
    Measure measure = benchmark.measure();
    for (int i = 1; i <= rounds.warmUp(); i++) {
      tell("warm-up", i, rounds.warmUp(), measure.take(ours), measure.take(theirs));
    }
    double[] ourCosts = new double[rounds.measured()];
    double[] theirCosts = new double[rounds.measured()];
    for (int i = 0; i < rounds.measured(); i++) {
      ourCosts[i] = measure.take(ours);
      theirCosts[i] = measure.take(theirs);
      tell("round", i + 1, rounds.measured(), ourCosts[i], theirCosts[i]);
    }
    return Ratio.of(ourCosts, theirCosts);
  }

  private void tell(String what, int i, int of, double ours, double theirs) {
    progress.printf(
        Locale.ROOT,
        "%s: %s %d of %d, ours %.1f, theirs %.1f%n",
        benchmark.name(),
        what,
        i,
        of,
        ours,
        theirs);
  }
}
