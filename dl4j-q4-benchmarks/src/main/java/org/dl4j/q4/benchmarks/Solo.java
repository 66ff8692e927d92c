package org.dl4j.q4.benchmarks;

import java.io.IOException;
import java.util.Arrays;

/** What a contender takes that runs alone: for tables, where nothing is divided by anything. */
final class Solo {

  private final double milliseconds;
  private final double megabytes;

  private Solo(double milliseconds, double megabytes) {
    this.milliseconds = milliseconds;
    this.megabytes = megabytes;
  }

  /**
   * @param spec what to run
   * @param rounds how often
   * @param installation where the contenders' jars are
   * @return the median of its steps, and its peak of memory
   * @throws IOException if the process cannot be started
   * @throws ContenderFailedException if the contender fails
   */
  static Solo of(ContenderSpec spec, Rounds rounds, Installation installation) throws IOException {
    try (ChildProcess child = ChildProcess.start(spec.name(), spec.process(installation))) {
      child.awaitReady();
      for (int i = 0; i < rounds.warmUp(); i++) {
        child.step();
      }
      double[] costs = new double[rounds.measured()];
      for (int i = 0; i < costs.length; i++) {
        costs[i] = child.step();
      }
      Arrays.sort(costs);
      return new Solo(Quantile.of(costs, 0.5), child.peakMemory());
    }
  }

  double milliseconds() {
    return milliseconds;
  }

  double megabytes() {
    return megabytes;
  }
}
