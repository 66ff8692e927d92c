package org.dl4j.q4.examples.train;

import static org.dl4j.q4.examples.train.TinyRun.STEPS;
import static org.dl4j.q4.examples.train.TinyRun.range;
import static org.dl4j.q4.examples.train.TrainRunner.results;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.dl4j.q4.examples.UiClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --stats}, and runs that are resumed with it. */
class TrainStatisticsTest {

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

  private int resume(String... more) {
    return runner.run(
        TrainRunner.arguments(
            List.of("--resume", "--data-dir=" + shared.resolve("synthetic"), "--out=" + folder()),
            more));
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
    TinyRun.assertSame(plain, folder());
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
    TinyRun.assertSame(plain, folder());
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

  /** A run that begins would take its rows for some of its own that it does again. */
  @Test
  void statisticsOfAnotherRunAreNotLost() throws IOException {
    Path csv = Files.createDirectories(folder()).resolve("quantization.csv");
    Files.writeString(csv, "of another run\n");
    assertEquals(1, runner.run(tiny(folder(), "--epochs=1", "--stats")));
    assertTrue(runner.err().contains("holds an earlier run"), runner::err);
    assertEquals("of another run\n", Files.readString(csv));
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
