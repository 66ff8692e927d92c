package org.dl4j.q4.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import org.dl4j.q4.benchmarks.parity.ParityReport;

/** Lets both sides of the parity check run, one after the other, and compares what they leave. */
final class Parity {

  private final Installation installation;
  private final PrintStream results;
  private final PrintStream progress;

  Parity(Installation installation, PrintStream results, PrintStream progress) {
    this.installation = installation;
    this.results = results;
    this.progress = progress;
  }

  /**
   * @return whether both sides agree
   * @throws IOException if a process cannot be started or a file not be read or written
   * @throws ContenderFailedException if a side fails
   */
  boolean run() throws IOException {
    try (Scratch scratch = new Scratch("parity-")) {
      String directory = scratch.path().toString();
      // PyTorch first: our single steps begin where its steps have begun.
      run(ContenderSpec.ofClass("PyTorch", "torch", side("TorchSide"), directory));
      run(ContenderSpec.ofClass("our side", "q4", side("Q4Side"), directory));
      return new ParityReport(scratch.path()).write(results);
    }
  }

  /** By name: the classes themselves refer to libraries that this process lacks. */
  private static String side(String name) {
    return ParityReport.class.getPackageName() + "." + name;
  }

  private void run(ContenderSpec side) throws IOException {
    try (ChildProcess child = ChildProcess.start(side.name(), side.process(installation))) {
      results.printf("# %-8s %s%n", side.name(), child.awaitReady());
      progress.printf("%s: all runs took %.1f s%n", side.name(), child.step() / 1000);
    }
  }
}
