package org.dl4j.q4.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchmarksCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = BenchmarksCommand.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  @Test
  void helpNamesEveryBenchmark() {
    assertEquals(CommandLine.ExitCode.OK, run("--help"));
    for (Benchmark benchmark : Catalog.ALL) {
      assertTrue(out.toString().contains(benchmark.name()), out.toString());
    }
  }

  @Test
  void anUnknownNameEndsItWithTheKnownOnes() {
    assertEquals(CommandLine.ExitCode.USAGE, run("--only", "speed"));
    assertTrue(err.toString().contains("there are step-f32-vs-pytorch"), err.toString());
  }

  @Test
  void noStepsAreTooFew() {
    assertEquals(CommandLine.ExitCode.USAGE, run("--steps", "0"));
    assertTrue(err.toString().contains("--steps must be at least 1; got 0"), err.toString());
  }
}
