package org.dl4j.q4.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.dl4j.q4.benchmarks.contenders.ContenderMain;
import org.dl4j.q4.benchmarks.contenders.FakeContender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildProcessTest {

  private static ChildProcess start(String fault) throws IOException {
    return ChildProcess.start("the fake", process(fault));
  }

  private static ProcessBuilder process(String fault) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        classes(ContenderMain.class) + File.pathSeparator + classes(FakeContender.class),
        FakeContender.class.getName(),
        fault);
  }

  private static String classes(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  private static String failure(ChildProcess child) {
    return assertThrows(ContenderFailedException.class, child::step).getMessage();
  }

  @Test
  void stepsAsOftenAsAsked() throws IOException {
    ProcessBuilder process = process("none");
    process.environment().put("MALLOC_ARENA_MAX", "1");
    try (ChildProcess child = ChildProcess.start("the fake", process)) {
      assertEquals("fake, MALLOC_ARENA_MAX=1", child.awaitReady());
      assertEquals(1, child.step());
      assertEquals(2, child.step());
      assertEquals(3, child.step());
    }
  }

  @Test
  void tellsThePeakOfItsMemory() throws IOException {
    try (ChildProcess child = start("none")) {
      child.awaitReady();
      double peak = child.peakMemory();
      assertTrue(peak > 10 && peak < 10_000, () -> peak + " MB");
      assertEquals(1, Measure.STEP.take(child));
      assertTrue(Measure.PEAK_MEMORY.take(child) >= peak);
      assertEquals(3, child.step());
    }
  }

  @Test
  void closingEndsIt() throws IOException {
    try (ChildProcess child = start("none")) {
      child.awaitReady();
      assertEquals(1, ProcessHandle.current().children().count());
    }
    assertEquals(0, ProcessHandle.current().children().count());
  }

  @Test
  void aFailureAtTheStartIsShown() throws IOException {
    try (ChildProcess child = start("at-start")) {
      String message = assertThrows(ContenderFailedException.class, child::awaitReady).getMessage();
      assertTrue(message.startsWith("the fake ended with exit code 1"), message);
      assertTrue(message.contains("IllegalStateException: fails at the start"), message);
    }
  }

  @Test
  void aFailureInAStepIsShown() throws IOException {
    try (ChildProcess child = start("in-step")) {
      child.awaitReady();
      String message = failure(child);
      assertTrue(message.startsWith("the fake ended with exit code 1"), message);
      assertTrue(message.contains("IllegalStateException: fails in a step"), message);
    }
  }

  @Test
  void aProcessThatDiesIsNoticed() throws IOException {
    try (ChildProcess child = start("dies")) {
      child.awaitReady();
      String message = failure(child);
      assertTrue(message.startsWith("the fake ended with exit code 7"), message);
    }
  }

  @Test
  void whatIsNotInTheProtocolIsRefused() throws IOException {
    try (ChildProcess child = start("no-protocol")) {
      String message = assertThrows(ContenderFailedException.class, child::awaitReady).getMessage();
      assertTrue(message.contains("\"Hello\""), message);
    }
  }
}
