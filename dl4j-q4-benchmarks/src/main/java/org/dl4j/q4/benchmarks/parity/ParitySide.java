package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.dl4j.q4.benchmarks.contenders.Contender;
import org.dl4j.q4.benchmarks.contenders.ContenderMain;
import org.dl4j.q4.benchmarks.contenders.Jars;
import org.dl4j.q4.benchmarks.contenders.Stopwatch;

/** A side as a contender whose one step is all of its runs. */
final class ParitySide implements Contender {

  /** All runs of a side. */
  interface Runs {
    void run() throws IOException;
  }

  private final String jars;
  private final Runs runs;

  private ParitySide(String jars, Runs runs) {
    this.jars = jars;
    this.runs = runs;
  }

  /**
   * @param jars pattern of the names of the jars that tell the side's version
   * @param runs all of its runs
   */
  static void serve(String jars, Runs runs) {
    ContenderMain.run(() -> new ParitySide(jars, runs));
  }

  @Override
  public String description() {
    return Jars.named(jars);
  }

  @Override
  public double step() {
    return Stopwatch.milliseconds(
        () -> {
          try {
            runs.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
