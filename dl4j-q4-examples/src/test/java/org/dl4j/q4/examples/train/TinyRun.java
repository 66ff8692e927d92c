package org.dl4j.q4.examples.train;

import static org.dl4j.q4.examples.train.TrainRunner.results;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Runs of a few seconds, for tests of how they are watched. */
final class TinyRun {

  /** Steps an epoch. */
  static final int STEPS = 5;

  private TinyRun() {}

  /** The arguments of one: its images in a folder that runs share. */
  static List<String> arguments(Path images, Path out, String... more) {
    return TrainRunner.arguments(
        List.of(
            "--train-limit=110",
            "--test-limit=50",
            "--batch=25",
            "--width=0.1",
            "--data-dir=" + images,
            "--out=" + out),
        more);
  }

  /** The same metrics, parameters and updater state, bit for bit. */
  static void assertSame(Path expected, Path found) throws IOException {
    assertEquals(results(expected), results(found));
    MultiLayerNetwork one = MultiLayerNetwork.load(expected.resolve("last.zip").toFile(), true);
    MultiLayerNetwork other = MultiLayerNetwork.load(found.resolve("last.zip").toFile(), true);
    assertArrayEquals(one.params().data().asFloat(), other.params().data().asFloat());
    assertArrayEquals(
        one.getUpdater().getStateViewArray().data().asFloat(),
        other.getUpdater().getStateViewArray().data().asFloat());
  }

  static List<Integer> range(int first, int end) {
    return IntStream.range(first, end).boxed().collect(Collectors.toList());
  }
}
