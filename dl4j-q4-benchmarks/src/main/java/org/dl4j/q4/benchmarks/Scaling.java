package org.dl4j.q4.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How time and memory of our step grow with the batch, the threads and the network's width. */
final class Scaling {

  private static final String Q4 = "Q4";
  private static final String BATCH = "128";
  private static final List<String> BATCHES = List.of("16", "32", "64", "128", "256", "512");
  private static final List<String> THREADS = List.of("1", "2");
  private static final List<String> WIDTHS = List.of("0.5", "1", "2");

  private final List<String> kernels;
  private final Sweep sweep;
  private final PrintStream results;

  /**
   * @param kernels names of the kernels to measure, a pair of columns each
   * @param sweep what runs them
   * @param results where the tables go
   */
  Scaling(List<String> kernels, Sweep sweep, PrintStream results) {
    this.kernels = kernels;
    this.sweep = sweep;
    this.results = results;
  }

  /**
   * Measures all and writes the tables.
   *
   * @throws IOException if a process cannot be started
   * @throws ContenderFailedException if a contender fails
   */
  void run() throws IOException {
    table("batch", BATCHES, batch -> name -> Contenders.ourStep(name, Q4, batch));
    table(
        "threads",
        THREADS,
        threads ->
            name -> Contenders.ourStep(name, Q4, BATCH).withVariable("OMP_NUM_THREADS", threads));
    table("width", WIDTHS, width -> name -> Contenders.ourStep(name, Q4, BATCH, width));
  }

  private void table(
      String title, List<String> values, Function<String, Function<String, ContenderSpec>> step)
      throws IOException {
    results.println();
    sweep.header(title, kernels);
    for (String value : values) {
      sweep.row(value, kernels.stream().map(step.apply(value)).collect(Collectors.toList()));
    }
  }
}
