package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Runs of one configuration and as many seeds, all of the same number of epochs. */
final class RunGroup {

  private final String name;
  private final List<Run> runs;

  /**
   * @param name of the group
   * @param runs at least one
   * @throws IOException if a seed is there twice, or the runs have unequal numbers of epochs
   */
  RunGroup(String name, List<Run> runs) throws IOException {
    this.name = name;
    this.runs =
        runs.stream()
            .sorted(Comparator.comparingLong(Run::seed))
            .collect(Collectors.toUnmodifiableList());
    for (int i = 1; i < runs.size(); i++) {
      Run before = this.runs.get(i - 1);
      Run run = this.runs.get(i);
      if (run.seed() == before.seed()) {
        throw new IOException(
            "Expected each seed once in the group '"
                + name
                + "'; both "
                + before.folder
                + " and "
                + run.folder
                + " have seed "
                + run.seed());
      }
      if (run.metrics.epochs() != before.metrics.epochs()) {
        throw new IOException(
            "Expected as many epochs of each run in the group '"
                + name
                + "'; "
                + before.folder
                + " has "
                + before.metrics.epochs()
                + ", "
                + run.folder
                + " has "
                + run.metrics.epochs()
                + ": train --resume goes on with a run");
      }
    }
  }

  String name() {
    return name;
  }

  /**
   * @return its runs, by rising seed
   */
  List<Run> runs() {
    return runs;
  }

  /**
   * @return how many epochs each run has
   */
  int epochs() {
    return runs.get(0).metrics.epochs();
  }

  /**
   * @return how many epochs its runs have, and of how many they were to have if those are not all
   */
  String epochsDone() {
    int asked = configuration().epochs().orElse(epochs());
    return epochs() < asked ? epochs() + " of " + asked : "" + epochs();
  }

  /**
   * @return what its runs share
   */
  Configuration configuration() {
    return runs.get(0).configuration;
  }

  /** A figure of a run. */
  @FunctionalInterface
  interface Figure {
    double of(Run run) throws IOException;
  }

  /**
   * @param figure of a run
   * @return it for each of {@link #runs()}
   * @throws IOException if a run does not have it
   */
  double[] collect(Figure figure) throws IOException {
    double[] values = new double[runs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = figure.of(runs.get(i));
    }
    return values;
  }

  /**
   * @param column which
   * @return its mean over the runs, one an epoch
   * @throws IOException if a run does not have it
   */
  double[] meanCurve(Column column) throws IOException {
    double[] means = new double[epochs()];
    for (int i = 0; i < means.length; i++) {
      int epoch = i;
      means[i] = Summary.of(collect(run -> run.metrics.column(column.key())[epoch])).mean;
    }
    return means;
  }

  /**
   * Refuses to be compared with a group seed by seed if that cannot be.
   *
   * @param baseline another group
   * @throws IOException if it has other seeds, other numbers of epochs or other images
   */
  void requirePairs(RunGroup baseline) throws IOException {
    List<Long> seeds = seeds();
    List<Long> others = baseline.seeds();
    if (!seeds.equals(others)) {
      throw mismatch(baseline, "the same seeds", seeds, others);
    }
    if (epochs() != baseline.epochs()) {
      throw mismatch(baseline, "as many epochs", epochs(), baseline.epochs());
    }
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      Run other = baseline.runs.get(i);
      if (run.configuration.sawOtherImagesThan(other.configuration)) {
        throw new IOException(
            "Expected the same images for both runs of seed "
                + run.seed()
                + "; their checksums differ in the options.txt of "
                + run.folder
                + " and "
                + other.folder);
      }
    }
  }

  private IOException mismatch(RunGroup baseline, String what, Object ours, Object theirs) {
    return new IOException(
        "Expected "
            + what
            + " in the groups to compare; '"
            + name
            + "' has "
            + ours
            + ", the baseline '"
            + baseline.name
            + "' has "
            + theirs);
  }

  private List<Long> seeds() {
    return runs.stream().map(Run::seed).collect(Collectors.toList());
  }
}
