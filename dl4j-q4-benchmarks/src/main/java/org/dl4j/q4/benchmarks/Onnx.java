package org.dl4j.q4.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import org.dl4j.q4.benchmarks.onnx.OnnxReport;

/** Lets our networks run here and in ONNX Runtime, and compares. */
final class Onnx {

  private final Installation installation;
  private final PrintStream results;
  private final PrintStream progress;

  Onnx(Installation installation, PrintStream results, PrintStream progress) {
    this.installation = installation;
    this.results = results;
    this.progress = progress;
  }

  /**
   * @return whether all networks agree
   * @throws IOException if the process cannot be started or its results not be read
   * @throws ContenderFailedException if it fails
   */
  boolean run() throws IOException {
    try (Scratch scratch = new Scratch("onnx-")) {
      ContenderSpec side =
          ContenderSpec.ofClass(
                  "ours and ONNX Runtime",
                  "q4",
                  OnnxReport.class.getPackageName() + ".OnnxSide", // refers to what we lack here
                  scratch.path().toString())
              .withJars("onnx");
      try (ChildProcess child = ChildProcess.start(side.name(), side.process(installation))) {
        results.printf("# %s%n", child.awaitReady());
        progress.printf("all networks took %.1f s%n", child.step() / 1000);
      }
      return new OnnxReport(scratch.path()).write(results);
    }
  }
}
