package org.dl4j.q4.examples.train;

import static org.dl4j.q4.examples.train.TrainRunner.arguments;
import static org.dl4j.q4.examples.train.TrainRunner.results;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.io.Checkpoints;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train --resume}, in one process; {@link KilledRunTest} kills a process of its own. */
class ResumeTest {

  private static final String EPOCHS = "3";

  @TempDir private static Path shared;
  private static Path whole;

  @TempDir private Path folder;

  private final TrainRunner runner = new TrainRunner();

  /** Dropout, augmentation, a schedule that moves, and a smaller last batch. */
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
  static void anUninterruptedRun() {
    whole = shared.resolve("whole");
    TrainRunner runner = new TrainRunner();
    assertEquals(0, runner.run(tiny(whole, "--epochs=" + EPOCHS)), runner::err);
  }

  private int resume(String... more) {
    return runner.run(
        arguments(
            List.of("--resume", "--data-dir=" + shared.resolve("synthetic"), "--out=" + folder),
            more));
  }

  private void startWithOneEpoch() {
    assertEquals(0, runner.run(tiny(folder, "--epochs=1")), runner::err);
  }

  private static float[] parameters(Path zip) throws IOException {
    return MultiLayerNetwork.load(zip.toFile(), true).params().data().asFloat();
  }

  private static float[] updater(Path zip) throws IOException {
    MultiLayerNetwork network = MultiLayerNetwork.load(zip.toFile(), true);
    return network.getUpdater().getStateViewArray().data().asFloat();
  }

  private void assertEndsAsTheWholeRun() throws IOException {
    assertEquals(results(whole), results(folder));
    for (String zip : List.of("last.zip", "best.zip")) {
      assertArrayEquals(parameters(whole.resolve(zip)), parameters(folder.resolve(zip)), zip);
      assertArrayEquals(updater(whole.resolve(zip)), updater(folder.resolve(zip)), zip);
    }
    assertEquals(2, new Checkpoints(folder.resolve("checkpoints")).available().size());
  }

  @Test
  void aRunOfMoreEpochsGoesOnWithTheOptionsItWasStartedWith() throws IOException {
    startWithOneEpoch();

    assertEquals(0, resume("--epochs=2"), runner::err);
    assertEquals(0, resume("--epochs=" + EPOCHS), runner::err);

    assertTrue(runner.out().contains("resuming after epoch 1 of 2"), runner::out);
    assertEndsAsTheWholeRun();
  }

  @Test
  void whatIsDoneIsNotDoneAgain() throws IOException {
    assertEquals(
        0,
        runner.run(
            List.of("--resume", "--data-dir=" + shared.resolve("synthetic"), "--out=" + whole)),
        runner::err);

    assertTrue(runner.out().contains("resuming after epoch 3 of 3"), runner::out);
    assertTrue(runner.out().contains("best test accuracy"), runner::out);
    assertEquals(4, results(whole).size());
  }

  @Test
  void withoutARunItStartsOne() throws IOException {
    assertEquals(0, runner.run(tiny(folder, "--resume", "--epochs=" + EPOCHS)), runner::err);

    assertEndsAsTheWholeRun();
  }

  /** Killed after an epoch's metrics were written, before its checkpoint. */
  @Test
  void metricsWithoutACheckpointAreMadeAnew() throws IOException {
    startWithOneEpoch();
    Files.writeString(
        folder.resolve("metrics.csv"),
        "2,0.1,9,9,9,99.9,1,1,1.00,1.0\n",
        StandardOpenOption.APPEND);

    assertEquals(0, resume("--epochs=" + EPOCHS), runner::err);

    assertEndsAsTheWholeRun();
  }

  /** Killed after an epoch's checkpoint, before the copies of it. */
  @Test
  void copiesThatAreMissingAreMade() throws IOException {
    startWithOneEpoch();
    Files.delete(folder.resolve("best.zip"));
    Files.delete(folder.resolve("last.zip"));

    assertEquals(0, resume(), runner::err);

    assertTrue(Files.exists(folder.resolve("best.zip")));
    assertEquals(0, resume("--epochs=" + EPOCHS), runner::err);
    assertEndsAsTheWholeRun();
  }

  /** Killed before the first checkpoint, or between its file and the record of it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunWithoutACheckpointStartsAgain(boolean withFile) throws IOException {
    startWithOneEpoch();
    Files.delete(folder.resolve("last.zip"));
    Files.delete(folder.resolve("best.zip"));
    Files.delete(folder.resolve("checkpoints").resolve("checkpointInfo.txt"));
    if (!withFile) {
      Files.delete(folder.resolve("checkpoints").resolve("checkpoint_0_MultiLayerNetwork.zip"));
    }

    assertEquals(0, resume("--epochs=" + EPOCHS), runner::err);

    assertFalse(runner.out().contains("resuming"), runner::out);
    assertEndsAsTheWholeRun();
  }

  /** Someone made room: the results must not be lost. */
  @ParameterizedTest
  @ValueSource(strings = {"checkpoint_0_MultiLayerNetwork.zip", "checkpointInfo.txt"})
  void resultsWithoutACheckpointAreKept(String removed) throws IOException {
    startWithOneEpoch();
    Files.delete(folder.resolve("checkpoints").resolve(removed));
    byte[] best = Files.readAllBytes(folder.resolve("best.zip"));
    List<String> metrics = results(folder);

    assertEquals(1, resume("--epochs=2"));

    assertTrue(runner.err().contains("checkpoint"), runner::err);
    assertArrayEquals(best, Files.readAllBytes(folder.resolve("best.zip")));
    assertEquals(metrics, results(folder));
  }

  /** The last checkpoint is damaged: the one before it, and what came after it is done again. */
  @Test
  void goesBackPastADamagedCheckpoint() throws IOException {
    startWithOneEpoch();
    assertEquals(0, resume("--epochs=2"), runner::err);
    Path last = folder.resolve("checkpoints").resolve("checkpoint_1_MultiLayerNetwork.zip");
    byte[] bytes = Files.readAllBytes(last);
    bytes[bytes.length / 2] ^= 1;
    Files.write(last, bytes);

    assertEquals(0, resume("--epochs=" + EPOCHS), runner::err);

    assertTrue(runner.out().contains("resuming after epoch 1 of 3"), runner::out);
    assertEndsAsTheWholeRun();
  }

  /** The images are where they were; moved, their new place is given. */
  @Test
  void theImagesFolderNeedNotBeGivenAgain() throws IOException {
    startWithOneEpoch();

    assertEquals(0, runner.run(List.of("--resume", "--epochs=2", "--out=" + folder)), runner::err);
    Path moved = Files.createDirectory(folder.resolve("moved"));
    assertEquals(
        0,
        runner.run(
            List.of("--resume", "--epochs=" + EPOCHS, "--data-dir=" + moved, "--out=" + folder)),
        runner::err);

    assertEndsAsTheWholeRun();
  }

  @ParameterizedTest
  @CsvSource({
    "--seed=2, 1",
    "--lr=0.01, 0.001",
    "--batch=50, 25",
    "--bits=3, 4",
    "--precision=fp32, Q4",
    "--recipe=fast, PAPER",
    "--model=resnet, vgg",
    "--kernels=nd4j, without it",
    "--train-limit=100, 110"
  })
  void anotherOptionIsRefusedByName(String option, String started) throws IOException {
    startWithOneEpoch();
    List<String> before = Files.readAllLines(folder.resolve("metrics.csv"));

    assertEquals(2, resume("--epochs=2", option));

    String name = option.substring(0, option.indexOf('='));
    assertTrue(runner.err().contains(name + " is"), runner::err);
    assertTrue(runner.err().contains(started), runner::err);
    assertFalse(runner.err().contains("--epochs is"), runner::err);
    assertEquals(before, Files.readAllLines(folder.resolve("metrics.csv")));
  }

  @Test
  void theSameOptionGivenAgainIsFine() {
    startWithOneEpoch();

    assertEquals(0, resume("--seed=1", "--lr=0.001", "--train-limit=110", "--model=VGG"));
  }

  /** A run that an earlier version started, which did not have the option yet. */
  @Test
  void anOptionThatTheRunDidNotKnowHasItsDefault() throws IOException {
    startWithOneEpoch();
    List<String> options = Files.readAllLines(folder.resolve("options.txt"));
    assertTrue(options.removeIf(line -> line.startsWith("--label-smoothing")));
    Files.write(folder.resolve("options.txt"), options);

    assertEquals(2, resume("--epochs=2", "--label-smoothing=0.1"));
    assertEquals(0, resume("--epochs=2", "--label-smoothing=0"), runner::err);
  }

  /** Since then, the fast recipe has got other defaults of these. */
  @Test
  void aFastRunFromBeforeTheOptionsKeepsWhatWasSo() throws IOException {
    assertEquals(
        0,
        runner.run(
            tiny(folder, "--epochs=2", "--recipe=fast", "--label-smoothing=0", "--dropout=0.5")),
        runner::err);
    List<String> options = Files.readAllLines(folder.resolve("options.txt"));
    assertTrue(options.removeIf(line -> line.startsWith("--label-smoothing")));
    assertTrue(options.removeIf(line -> line.startsWith("--dropout")));
    Files.write(folder.resolve("options.txt"), options);

    assertEquals(0, resume(), runner::err);

    options = Files.readAllLines(folder.resolve("options.txt"));
    assertTrue(options.contains("--label-smoothing=0.0"), options::toString);
    assertTrue(options.contains("--dropout=0.5"), options::toString);
  }

  /** Its schedule is made for a number of epochs. */
  @Test
  void theFastRecipeCannotBecomeLonger() {
    assertEquals(0, runner.run(tiny(folder, "--epochs=1", "--recipe=fast")), runner::err);

    assertEquals(2, resume("--epochs=2"));

    assertTrue(runner.err().contains("--epochs is 2"), runner::err);
  }

  @Test
  void otherImagesAreRefused() throws IOException {
    startWithOneEpoch();
    List<String> options = Files.readAllLines(folder.resolve("options.txt"));
    options.replaceAll(line -> line.startsWith("images=") ? line.replaceAll(".$", "?") : line);
    Files.write(folder.resolve("options.txt"), options);

    assertNotEquals(0, resume("--epochs=2"));

    assertTrue(runner.err().contains("images is 110+50 images, CRC-32"), runner::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics.csv", "options.txt", "last.zip", "best.zip", "stats.db"})
  void withoutResumeAnEarlierRunIsKept(String file) throws IOException {
    Files.writeString(folder.resolve(file), "precious");

    assertEquals(1, runner.run(tiny(folder)));

    assertTrue(runner.err().contains("--resume"), runner::err);
    assertEquals("precious", Files.readString(folder.resolve(file)));
  }

  @Test
  void oneRunAtATimeHasTheFolder() throws IOException {
    startWithOneEpoch();
    try (RunFolder held = new RunFolder(folder, true)) {
      assertEquals(1, resume("--epochs=2"));
      assertTrue(runner.err().contains("in use"), runner::err);
    }
    assertEquals(0, resume("--epochs=2"), runner::err);
  }
}
