package org.dl4j.q4.examples.train;

import static org.dl4j.q4.examples.train.TrainRunner.results;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.Q4;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that trains, and keeps statistics, is killed at random moments and started again until
 * it is through. The run that it is compared with keeps none.
 */
class KilledRunTest {

  private static final int KILLS = 4;
  private static final int EPOCHS = 12;
  private static final int IMAGES = 600;
  private static final int STEPS = (IMAGES + 127) / 128;
  private static final long MINUTES = 5;

  @TempDir private Path folder;

  private Process start(String out, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Q4.class.getName(),
                "train",
                "--resume",
                "--epochs=" + EPOCHS,
                "--train-limit=" + IMAGES,
                "--test-limit=100",
                "--width=0.1",
                "--data-dir=" + folder.resolve("synthetic"),
                "--out=" + folder.resolve(out)));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(out + ".log").toFile()))
        .start();
  }

  private String log(String out) throws IOException {
    return Files.readString(folder.resolve(out + ".log"));
  }

  private int rows(String out) throws IOException {
    Path metrics = folder.resolve(out).resolve("metrics.csv");
    return Files.exists(metrics) ? Files.readAllLines(metrics).size() : 0;
  }

  @Test
  void endsAsTheUninterruptedRun() throws IOException, InterruptedException {
    Process whole = start("whole");
    assertTrue(whole.waitFor(MINUTES, TimeUnit.MINUTES));
    assertEquals(0, whole.exitValue(), log("whole"));

    Random random = new Random(System.nanoTime());
    int kills = 0;
    while (kills < KILLS) {
      Process killed = start("killed", "--stats", "--stats-every=1");
      int before = rows("killed");
      int more = 1 + random.nextInt(2);
      // Not by the clock alone: a slow machine would be killed before it had begun.
      while (rows("killed") < before + more && killed.isAlive()) {
        killed.waitFor(1 + random.nextInt(40), TimeUnit.MILLISECONDS);
      }
      if (!killed.isAlive()) {
        break;
      }
      killed.destroyForcibly().waitFor();
      kills++;
    }
    Process last = start("killed", "--stats", "--stats-every=1");
    assertTrue(last.waitFor(MINUTES, TimeUnit.MINUTES));
    assertEquals(0, last.exitValue(), log("killed"));

    int times = kills;
    assertTrue(times >= 2, () -> "killed only " + times + " times");
    assertEquals(
        results(folder.resolve("whole")), results(folder.resolve("killed")), log("killed"));
    for (String zip : List.of("last.zip", "best.zip")) {
      assertArrayEquals(parameters("whole", zip), parameters("killed", zip), zip);
    }
    StatisticsOfRun statistics = StatisticsOfRun.in(folder.resolve("killed"));
    assertEquals(TinyRun.range(0, EPOCHS * STEPS), statistics.iterations);
    assertEquals(
        TinyRun.range(0, EPOCHS * STEPS + 1),
        statistics.quantizationIterations().stream().distinct().collect(Collectors.toList()));
  }

  private float[] parameters(String out, String zip) throws IOException {
    Path file = folder.resolve(out).resolve(zip);
    return MultiLayerNetwork.load(file.toFile(), true).params().data().asFloat();
  }
}
