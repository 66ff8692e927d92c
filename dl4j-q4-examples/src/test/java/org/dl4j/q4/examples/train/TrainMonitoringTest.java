package org.dl4j.q4.examples.train;

import static org.dl4j.q4.examples.train.TrainRunner.arguments;
import static org.dl4j.q4.examples.train.TrainRunner.results;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.dl4j.q4.examples.UiClient;
import org.dl4j.q4.stats.LayerStatistics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train} with {@code --stats} and {@code --ui}. */
class TrainMonitoringTest {

  private static final int STEPS = 5;
  private static final int EPOCHS = 3;

  @TempDir private static Path shared;

  /** A run without statistics. */
  private static Path plain;

  @TempDir private Path temporary;

  private final TrainRunner runner = new TrainRunner();

  private static List<String> tiny(Path out, String... more) {
    return arguments(
        List.of(
            "--train-limit=110",
            "--test-limit=50",
            "--batch=25",
            "--width=0.1",
            "--data-dir=" + shared.resolve("synthetic"),
            "--out=" + out),
        more);
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

  private int resume(String... more) {
    return runner.run(
        arguments(
            List.of("--resume", "--data-dir=" + shared.resolve("synthetic"), "--out=" + folder()),
            more));
  }

  private void assertTrainedLike(Path expected) throws IOException {
    assertEquals(results(expected), results(folder()));
    MultiLayerNetwork one = MultiLayerNetwork.load(expected.resolve("last.zip").toFile(), true);
    MultiLayerNetwork other = MultiLayerNetwork.load(folder().resolve("last.zip").toFile(), true);
    assertArrayEquals(one.params().data().asFloat(), other.params().data().asFloat());
    assertArrayEquals(
        one.getUpdater().getStateViewArray().data().asFloat(),
        other.getUpdater().getStateViewArray().data().asFloat());
  }

  private static List<Integer> range(int first, int end) {
    return IntStream.range(first, end).boxed().collect(Collectors.toList());
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
    assertTrainedLike(plain);
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

  @Test
  void withoutTheOptionsThereAreNoStatistics() throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> content = Files.list(plain)) {
      content.forEach(file -> files.add(file.getFileName().toString()));
    }
    assertEquals(
        Set.of(".lock", "best.zip", "checkpoints", "last.zip", "metrics.csv", "options.txt"),
        files);
  }

  /** Killed after its second checkpoint was damaged: what came after the first is done again. */
  @Test
  void aResumedRunGoesOnWithItsStatisticsAndForgetsWhatItDoesAgain() throws IOException {
    assertEquals(
        0, runner.run(tiny(folder(), "--epochs=2", "--stats", "--stats-every=1")), runner::err);
    StatisticsOfRun before = StatisticsOfRun.in(folder());
    Path checkpoint = folder().resolve("checkpoints").resolve("checkpoint_1_MultiLayerNetwork.zip");
    byte[] bytes = Files.readAllBytes(checkpoint);
    bytes[bytes.length / 2] ^= 1;
    Files.write(checkpoint, bytes);

    assertEquals(0, resume("--epochs=" + EPOCHS, "--stats-every=1"), runner::err);

    assertTrue(runner.out().contains("resuming after epoch 1 of 3"), runner::out);
    assertTrainedLike(plain);
    StatisticsOfRun after = StatisticsOfRun.in(folder());
    assertEquals(before.session, after.session);
    assertEquals(range(0, EPOCHS * STEPS), after.iterations);
    assertEquals(before.scores, after.scores.subList(0, 2 * STEPS));
    // The resumed run's first report is of the checkpoint's weights, which had one.
    List<Integer> expected = range(0, STEPS + 1);
    expected.addAll(range(STEPS, EPOCHS * STEPS + 1));
    assertEquals(expected, after.quantizationIterations());
    assertEquals(expected, csvIterations());
  }

  /** A session that begins with a checkpoint is described as one that begins with the run. */
  @Test
  void aRunMayBeResumedWithStatisticsForTheFirstTime() throws IOException {
    assertEquals(0, runner.run(tiny(folder(), "--epochs=1")), runner::err);
    UiClient.Visitor visitor =
        new UiClient.Visitor(
            () -> {
              UiClient.overviewWithScores((EPOCHS - 1) * STEPS);
              String system = UiClient.get("/train/system/data").body();
              assertTrue(system.contains("JVM Available Processors"), system);
              assertEquals(200, UiClient.get("/train/model/data/1").statusCode());
            });
    InputStream realIn = System.in;
    System.setIn(visitor);
    try {
      assertEquals(
          0,
          resume("--epochs=" + EPOCHS, "--ui", "--ui-port=0", "--ui-wait", "--stats-every=1"),
          runner::err);
    } finally {
      System.setIn(realIn);
    }

    assertEquals(1, visitor.visits());
    assertTrainedLike(plain);
    assertEquals(range(STEPS, EPOCHS * STEPS), StatisticsOfRun.in(folder()).iterations);
  }

  private List<Integer> csvIterations() throws IOException {
    List<Integer> iterations = new ArrayList<>();
    for (String row : Files.readAllLines(folder().resolve("quantization.csv"))) {
      String[] cells = row.split(",", -1);
      if (cells[4].equals("conv1-1")) {
        iterations.add(Integer.parseInt(cells[2]));
      }
    }
    return iterations;
  }

  @Test
  void aNetworkAtFullPrecisionHasNoQuantization() throws IOException {
    assertEquals(
        0,
        runner.run(tiny(folder(), "--epochs=1", "--precision=fp32", "--stats", "--stats-every=2")),
        runner::err);

    StatisticsOfRun statistics = StatisticsOfRun.in(folder());
    assertEquals(List.of(2, 4), statistics.iterations); // as the stock listener does
    assertEquals(List.of(), statistics.quantization);
    assertFalse(Files.exists(folder().resolve("quantization.csv")));
  }

  @Test
  void aGraphTrainsTheSameToo() throws IOException {
    Path other = temporary.resolve("other");
    assertEquals(0, runner.run(tiny(other, "--epochs=1", "--model=resnet")), runner::err);
    assertEquals(
        0,
        runner.run(tiny(folder(), "--epochs=1", "--model=resnet", "--stats", "--stats-every=1")),
        runner::err);

    assertEquals(results(other), results(folder()));
    assertArrayEquals(parameters(other), parameters(folder()));
    StatisticsOfRun statistics = StatisticsOfRun.in(folder());
    assertEquals(range(0, STEPS), statistics.iterations);
    assertEquals(range(0, STEPS + 1), statistics.quantizationIterations());
  }

  private static float[] parameters(Path run) throws IOException {
    return ComputationGraph.load(run.resolve("last.zip").toFile(), true).params().data().asFloat();
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

  @Test
  void statisticsInUseStopTheRunBeforeItTrains() throws IOException {
    assertEquals(0, runner.run(tiny(folder(), "--epochs=1", "--stats")), runner::err);
    FileStatsStorage held = new FileStatsStorage(folder().resolve("stats.db").toFile());
    try {
      assertEquals(1, resume("--epochs=2"));
      assertTrue(runner.err().contains("stats.db is in use"), runner::err);
    } finally {
      held.close();
    }
    assertEquals(2, results(folder()).size());
    assertEquals(0, resume("--epochs=2"), runner::err);
  }
}
