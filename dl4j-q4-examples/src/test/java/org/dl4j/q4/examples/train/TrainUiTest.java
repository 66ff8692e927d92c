package org.dl4j.q4.examples.train;

import static org.dl4j.q4.examples.train.TinyRun.STEPS;
import static org.dl4j.q4.examples.train.TinyRun.range;
import static org.dl4j.q4.examples.train.TrainRunner.results;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.ui.VertxUIServer;
import org.dl4j.q4.examples.UiClient;
import org.dl4j.q4.stats.LayerStatistics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train --ui}. */
class TrainUiTest {

  private static final int EPOCHS = 3;

  @TempDir private static Path shared;

  /** A run without statistics. */
  private static Path plain;

  @TempDir private Path temporary;

  private final TrainRunner runner = new TrainRunner();

  private static List<String> tiny(Path out, String... more) {
    return TinyRun.arguments(shared.resolve("synthetic"), out, more);
  }

  @BeforeAll
  static void aRunWithoutStatistics() {
    plain = shared.resolve("plain");
    TrainRunner runner = new TrainRunner();
    assertEquals(0, runner.run(tiny(plain, "--epochs=" + EPOCHS)), runner::err);
  }

  private Path folder() {
    return temporary.resolve("my run");
  }

  /** The UI's pages are read after the first epoch and while Enter is waited for. */
  @Test
  void theUiShowsTheRunWhileItTrainsAndTheRunIsTheSame() throws IOException {
    Map<String, Integer> scores = new LinkedHashMap<>();
    TrainRunner watched =
        new TrainRunner(
            line -> {
              if (line.startsWith("epoch 1 ")) {
                scores.put(
                    "after epoch 1", UiClient.overviewWithScores(STEPS).path("scores").size());
              }
            });
    UiClient.Visitor visitor =
        new UiClient.Visitor(
            () -> {
              assertEquals(200, UiClient.get("/train/model").statusCode());
              scores.put(
                  "at the end", UiClient.overviewWithScores(EPOCHS * STEPS).path("scores").size());
            });
    InputStream realIn = System.in;
    System.setIn(visitor);
    try {
      assertEquals(
          0,
          watched.run(
              tiny(
                  folder(),
                  "--epochs=" + EPOCHS,
                  "--ui",
                  "--ui-port=0",
                  "--ui-wait",
                  "--stats-every=1")),
          watched::err);
    } finally {
      System.setIn(realIn);
    }

    assertEquals(Map.of("after epoch 1", STEPS, "at the end", EPOCHS * STEPS), scores);
    assertEquals(1, visitor.visits());
    assertNull(VertxUIServer.getInstance());
    assertTrue(watched.out().contains("training UI: http://localhost:"), watched::out);
    assertTrue(watched.out().contains("q4.jar monitor " + folder()), watched::out);
    assertFalse(watched.out().contains("warning"), watched::out);
    TinyRun.assertSame(plain, folder());
    assertEquals(
        Files.readAllLines(plain.resolve("options.txt")),
        Files.readAllLines(folder().resolve("options.txt")));
    assertStatistics(StatisticsOfRun.in(folder()));
  }

  private void assertStatistics(StatisticsOfRun statistics) throws IOException {
    assertTrue(
        statistics.session.matches("my_run_\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d"),
        statistics.session);
    assertEquals(range(0, EPOCHS * STEPS), statistics.iterations);
    assertEquals(range(0, EPOCHS * STEPS + 1), statistics.quantizationIterations());
    List<String> rows = Files.readAllLines(folder().resolve("quantization.csv"));
    List<LayerStatistics> last = statistics.quantization.get(EPOCHS * STEPS).layers();
    assertEquals(8, last.size());
    assertEquals(1 + last.size() * statistics.quantization.size(), rows.size());
    int levels = last.stream().mapToInt(layer -> layer.histogram().levelsUsed()).max().getAsInt();
    String metrics = results(folder()).get(EPOCHS);
    assertEquals(levels, Integer.parseInt(metrics.split(",", -1)[7]), metrics);
  }

  /** Standard input that is at its end, as in the background. */
  @Test
  void withoutATerminalItDoesNotWait() throws IOException {
    InputStream realIn = System.in;
    System.setIn(new ByteArrayInputStream(new byte[0]));
    try {
      assertEquals(
          0,
          runner.run(tiny(folder(), "--epochs=1", "--ui", "--ui-port=0", "--ui-wait")),
          runner::err);
    } finally {
      System.setIn(realIn);
    }
  }

  @Test
  void aPortInUseIsToldBeforeAnythingIsDone() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(1, runner.run(tiny(folder(), "--ui", "--ui-port=" + taken.getLocalPort())));

      assertTrue(
          runner.err().contains("cannot listen on port " + taken.getLocalPort()), runner::err);
    }
    assertFalse(Files.exists(folder()));
  }

  @Test
  void onOtherAddressesItWarns() {
    assertEquals(
        0,
        runner.run(tiny(folder(), "--epochs=1", "--ui", "--ui-port=0", "--ui-host=0.0.0.0")),
        runner::err);

    assertTrue(runner.out().contains("warning: the UI has no password"), runner::out);
  }

  @ParameterizedTest
  @CsvSource({
    "--ui-wait, --ui-wait needs --ui",
    "--ui-port=1, --ui-port and --ui-host need --ui",
    "--ui-host=localhost, --ui-port and --ui-host need --ui",
    "--stats-every=0, --stats-every must be at least 1"
  })
  void whatHasNoEffectIsRefused(String option, String reason) {
    assertEquals(2, runner.run(tiny(folder(), option)));
    assertTrue(runner.err().contains(reason), runner::err);
    assertFalse(Files.exists(folder()));
  }

  @Test
  void aHostThatIsNotOursIsToldByName() {
    assertEquals(1, runner.run(tiny(folder(), "--ui", "--ui-host=no-such-host.invalid")));
    assertTrue(runner.err().contains("no-such-host.invalid"), runner::err);
    assertEquals(2, runner.run(tiny(folder(), "--ui", "--ui-port=65536")));
    assertTrue(runner.err().contains("65536"), runner::err);
    assertFalse(Files.exists(folder()));
  }
}
