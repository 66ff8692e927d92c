package org.dl4j.q4.examples.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.dl4j.q4.examples.CommandRun;
import org.dl4j.q4.examples.Q4;
import org.dl4j.q4.examples.UiClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorCommandTest {

  private static final int STEPS = 4;

  @TempDir private static Path shared;

  private static Path run;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    run = shared.resolve("run");
    CommandRun trained =
        CommandRun.of(
            "train",
            "--train-limit=100",
            "--test-limit=50",
            "--batch=25",
            "--width=0.1",
            "--epochs=1",
            "--stats",
            "--stats-every=1",
            "--data-dir=" + shared.resolve("synthetic"),
            "--out=" + run);
    assertEquals(0, trained.exitCode(), trained::text);
  }

  private static Path stats() {
    return run.resolve("stats.db");
  }

  private static CommandRun monitor(UiClient.Visit visit, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("monitor", "--ui-port=0"));
    all.addAll(List.of(arguments));
    UiClient.Visitor visitor = new UiClient.Visitor(visit);
    InputStream realIn = System.in;
    System.setIn(visitor);
    try {
      CommandRun result = CommandRun.of(all.toArray());
      assertEquals(1, visitor.visits(), result::text);
      return result;
    } finally {
      System.setIn(realIn);
    }
  }

  /** A command that must not come as far as to show anything. */
  private static String refused(int exitCode, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("monitor", "--ui-port=0"));
    all.addAll(List.of(arguments));
    CommandRun result = CommandRun.of(all.toArray());
    assertEquals(exitCode, result.exitCode(), result::text);
    assertFalse(result.text().contains("training UI:"), result::text);
    return result.text();
  }

  @Test
  void showsARunByItsFolderOrItsFileAndLeavesItAsItIs() throws IOException {
    byte[] before = Files.readAllBytes(stats());
    for (Path place : List.of(run, stats())) {
      CommandRun shown =
          monitor(
              () -> {
                assertEquals(STEPS, UiClient.overviewWithScores(STEPS).path("scores").size());
                assertEquals(200, UiClient.get("/train/overview").statusCode());
              },
              place);

      assertEquals(0, shown.exitCode(), shown::text);
      assertTrue(shown.text().contains("training UI: http://localhost:"), shown::text);
      assertTrue(shown.text().contains("sessions: run_20"), shown::text);
      assertNull(VertxUIServer.getInstance());
      assertArrayEquals(before, Files.readAllBytes(stats()));
    }
  }

  /** Of one process at a time; here the other one is this, where the storage is held. */
  @Test
  void aFileInUseIsToldAndCanBeShownAfterwards() throws IOException {
    FileStatsStorage held = new FileStatsStorage(stats().toFile());
    try {
      String text = refused(1, run);
      assertTrue(text.contains("stats.db is in use"), text);
      assertTrue(text.contains("train --ui"), text);
    } finally {
      held.close();
    }
    assertEquals(0, monitor(() -> {}, run).exitCode());
  }

  /** The lock is the system's: it holds between processes, and ends with one that is killed. */
  @Test
  void aRunInAnotherProcessIsInUseUntilItIsKilled() throws Exception {
    Path other = folder.resolve("other");
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Q4.class.getName(),
                "train",
                "--train-limit=600",
                "--test-limit=50",
                "--batch=25",
                "--width=0.1",
                "--epochs=1000",
                "--stats",
                "--stats-every=1",
                "--data-dir=" + shared.resolve("larger"),
                "--out=" + other)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      // Reports are written at every step now.
      while (!Files.exists(other.resolve("metrics.csv")) && training.isAlive()) {
        training.waitFor(50, TimeUnit.MILLISECONDS);
      }
      assertTrue(training.isAlive(), () -> read(folder.resolve("log")));
      assertTrue(refused(1, other).contains("stats.db is in use"));
    } finally {
      training.destroyForcibly().waitFor();
    }
    CommandRun shown = monitor(() -> UiClient.overviewWithScores(24), other);
    assertEquals(0, shown.exitCode(), shown::text);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no database", "J\3\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\1abcdefgh"})
  void aFileThatIsNoneIsLeftAsItIs(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("stats.db"), content);

    String text = refused(1, file);

    assertTrue(text.contains(file + ": expected a file of statistics"), text);
    assertEquals(content, Files.readString(file));
  }

  @Test
  void whatIsMissingIsNotMade() {
    Path none = folder.resolve("none.db");
    String noFile = refused(1, none);
    assertTrue(noFile.contains(none + ": no such file or folder"), noFile);
    assertFalse(Files.exists(none));

    String noStatistics = refused(1, folder);
    assertTrue(noStatistics.contains(folder + " holds no stats.db"), noStatistics);
    assertFalse(Files.exists(folder.resolve("stats.db")));
  }

  @Test
  void aFileWithoutASessionHasNothingToShow() {
    Path file = folder.resolve("empty.db");
    new FileStatsStorage(file.toFile()).close();

    String text = refused(1, file);

    assertTrue(text.contains("holds no session"), text);
  }

  @Test
  void wrongOptionsAreToldByName() throws IOException {
    assertTrue(CommandRun.of("monitor", run, "--ui-port=65536").text().contains("65536"));
    assertEquals(2, CommandRun.of("monitor", run, "--ui-port=65536").exitCode());
    assertEquals(2, CommandRun.of("monitor").exitCode());
    String host = refused(1, run, "--ui-host=no-such-host.invalid");
    assertTrue(host.contains("no-such-host.invalid"), host);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun noPort = CommandRun.of("monitor", run, "--ui-port=" + taken.getLocalPort());
      assertEquals(1, noPort.exitCode());
      assertTrue(noPort.text().contains("port " + taken.getLocalPort()), noPort::text);
    }
  }
}
