package org.dl4j.q4.benchmarks;

/** Two contenders, what of them is compared, and how often they step. */
final class Benchmark {

  private final String name;
  private final String description;
  private final ContenderSpec ours;
  private final ContenderSpec theirs;
  private final Rounds rounds;
  private final Measure measure;

  /**
   * Compares the cost of a step.
   *
   * @param name name on the command line and in the results
   * @param description what is divided by what, for the help
   * @param ours what stands above the line
   * @param theirs what stands below it
   * @param rounds rounds of a full run
   */
  Benchmark(
      String name, String description, ContenderSpec ours, ContenderSpec theirs, Rounds rounds) {
    this(name, description, ours, theirs, rounds, Measure.STEP);
  }

  private Benchmark(
      String name,
      String description,
      ContenderSpec ours,
      ContenderSpec theirs,
      Rounds rounds,
      Measure measure) {
    this.name = name;
    this.description = description;
    this.ours = ours;
    this.theirs = theirs;
    this.rounds = rounds;
    this.measure = measure;
  }

  /**
   * @param newMeasure what to compare
   * @return a benchmark of the same contenders that compares that
   */
  Benchmark of(Measure newMeasure) {
    return new Benchmark(name, description, ours, theirs, rounds, newMeasure);
  }

  String name() {
    return name;
  }

  String description() {
    return description;
  }

  ContenderSpec ours() {
    return ours;
  }

  ContenderSpec theirs() {
    return theirs;
  }

  Rounds rounds() {
    return rounds;
  }

  Measure measure() {
    return measure;
  }
}
