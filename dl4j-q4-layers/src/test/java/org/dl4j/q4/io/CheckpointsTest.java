package org.dl4j.q4.io;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.Checkpoint;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@link Checkpoints}: which there are, and what becomes of damaged ones. */
class CheckpointsTest {

  @TempDir private Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }

  private static List<Integer> epochs(Checkpoints checkpoints) throws IOException {
    return checkpoints.available().stream().map(Checkpoint::getEpoch).collect(Collectors.toList());
  }

  @Test
  void anEmptyOrMissingFolderHasNone() throws IOException {
    assertTrue(new Checkpoints(folder).loadLast().isEmpty());
    assertTrue(new Checkpoints(folder.resolve("missing")).available().isEmpty());
    assertFalse(Files.exists(folder.resolve("missing")), "looking makes nothing");
  }

  @Test
  void keepsTheLastTwoByDl4jsConventions() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder);
    MultiLayerNetwork network = DropoutNetwork.fresh();
    network.addListeners(checkpoints.everyEpoch());

    network.fit(DropoutNetwork.data(), 3);

    assertEquals(
        List.of(
            "checkpointInfo.txt",
            "checkpoint_1_MultiLayerNetwork.zip",
            "checkpoint_2_MultiLayerNetwork.zip"),
        files());
    assertEquals(List.of(2, 3), epochs(checkpoints));
    assertEquals(0, network.getIterationCount() % 3);
    MultiLayerNetwork loaded = CheckpointListener.loadLastCheckpointMLN(folder.toFile());
    assertIdentical("parameters", network.params(), loaded.params());
    assertIdentical(
        "updater",
        network.getUpdater().getStateViewArray(),
        loaded.getUpdater().getStateViewArray());
    assertEquals(3, loaded.getEpochCount());
    assertEquals(network.getIterationCount(), loaded.getIterationCount());
    assertEquals(3, network.getEpochCount(), "saving leaves the network as it is");
  }

  /** Why {@link Checkpoints#everyEpoch()} exists; should this fail, DL4J has been repaired. */
  @Test
  void dl4jsOwnListenerSavesTheEpochAsNotDone() {
    MultiLayerNetwork network = DropoutNetwork.fresh();
    network.addListeners(
        new CheckpointListener.Builder(folder.toFile()).saveEveryNEpochs(1).build());

    network.fit(DropoutNetwork.data(), 1);

    assertEquals(0, CheckpointListener.loadLastCheckpointMLN(folder.toFile()).getEpochCount());
    assertEquals(1, network.getEpochCount());
  }

  @Test
  void goesOnCountingInAFolderThatHasSome() throws IOException {
    new Checkpoints(folder).save(DropoutNetwork.fresh());
    new Checkpoints(folder, 3).save(DropoutNetwork.fresh());
    new Checkpoints(folder, 3).save(DropoutNetwork.fresh());

    assertEquals(
        List.of(0, 1, 2),
        new Checkpoints(folder)
            .available().stream().map(Checkpoint::getCheckpointNum).collect(Collectors.toList()));
  }

  @Test
  void savesEveryFewEpochs() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 10);
    MultiLayerNetwork network = DropoutNetwork.fresh();
    network.addListeners(checkpoints.everyEpochs(2));

    network.fit(DropoutNetwork.data(), 5);

    assertEquals(List.of(2, 4), epochs(checkpoints));
  }

  @Test
  void removesWhatKilledRunsLeftAndNothingElse() throws IOException {
    for (String left :
        List.of(
            "checkpoint_0_MultiLayerNetwork.zip.part",
            "checkpoint_7_ComputationGraph.zip",
            "checkpointInfo.txt.part",
            "checkpoint_0_MultiLayerNetwork.zip.mine",
            "notes.txt")) {
      Files.writeString(folder.resolve(left), "x");
    }

    new Checkpoints(folder).save(DropoutNetwork.fresh());

    assertEquals(
        List.of(
            "checkpointInfo.txt",
            "checkpoint_0_MultiLayerNetwork.zip",
            "checkpoint_0_MultiLayerNetwork.zip.mine",
            "notes.txt"),
        files());
  }

  @Test
  void usesTheOneBeforeADamagedOne() throws IOException {
    Checkpoints checkpoints = twoCheckpoints();
    Path last = checkpoints.file(checkpoints.available().get(1));
    byte[] whole = Files.readAllBytes(last);

    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    Files.write(last, flipped);
    assertEquals(1, checkpoints.loadLastMultiLayerNetwork().orElseThrow().getEpochCount());

    Files.write(last, Arrays.copyOf(whole, whole.length / 2));
    assertEquals(1, checkpoints.loadLastMultiLayerNetwork().orElseThrow().getEpochCount());

    Files.write(last, new byte[0]);
    assertEquals(1, checkpoints.loadLastMultiLayerNetwork().orElseThrow().getEpochCount());

    Files.write(last, whole);
    assertEquals(2, checkpoints.loadLastMultiLayerNetwork().orElseThrow().getEpochCount());
  }

  /** Cut off between two entries, or in the name of one: what can be read is in order. */
  @Test
  void seesThatAnEntryIsMissing() throws IOException {
    Checkpoints checkpoints = twoCheckpoints();
    Path last = checkpoints.file(checkpoints.available().get(1));
    byte[] whole = Files.readAllBytes(last);
    int name = new String(whole, StandardCharsets.ISO_8859_1).indexOf("updaterState.bin");

    Files.write(last, Arrays.copyOf(whole, name - 30)); // a local header is 30 bytes and the name
    assertEquals(1, checkpoints.loadLastMultiLayerNetwork().orElseThrow().getEpochCount());

    byte[] renamed = whole.clone();
    renamed[name] ^= 1;
    Files.write(last, renamed);
    assertEquals(1, checkpoints.loadLastMultiLayerNetwork().orElseThrow().getEpochCount());

    Files.delete(last);
    assertEquals(1, checkpoints.loadLastMultiLayerNetwork().orElseThrow().getEpochCount());
  }

  @Test
  void aDamagedOneDoesNotPushOutAWholeOne() throws IOException {
    Checkpoints checkpoints = twoCheckpoints();
    Files.writeString(checkpoints.file(checkpoints.available().get(1)), "no zip");

    MultiLayerNetwork network = checkpoints.loadLastMultiLayerNetwork().orElseThrow();
    network.fit(DropoutNetwork.data());
    checkpoints.save(network);

    assertEquals(List.of(1, 2), epochs(checkpoints));
    assertEquals(
        List.of(
            "checkpointInfo.txt",
            "checkpoint_0_MultiLayerNetwork.zip",
            "checkpoint_2_MultiLayerNetwork.zip"),
        files());
  }

  @Test
  void filesWithoutTheirRecordAreAnError() throws IOException {
    Checkpoints checkpoints = twoCheckpoints();
    Files.delete(folder.resolve("checkpointInfo.txt"));

    IOException thrown = assertThrows(IOException.class, checkpoints::loadLast);

    assertTrue(thrown.getMessage().contains("checkpointInfo.txt"), thrown::getMessage);
  }

  @Test
  void saysSoIfEveryOneIsDamaged() throws IOException {
    Checkpoints checkpoints = twoCheckpoints();
    for (Checkpoint checkpoint : checkpoints.available()) {
      Files.writeString(checkpoints.file(checkpoint), "no zip");
    }

    IOException thrown = assertThrows(IOException.class, checkpoints::loadLast);

    assertTrue(thrown.getMessage().contains(folder.toString()), thrown::getMessage);
  }

  private Checkpoints twoCheckpoints() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder);
    MultiLayerNetwork network = DropoutNetwork.fresh();
    network.fit(DropoutNetwork.data());
    checkpoints.save(network);
    network.fit(DropoutNetwork.data());
    checkpoints.save(network);
    return checkpoints;
  }

  @Test
  void tellsNetworksOfTheOtherKind() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder);
    checkpoints.save(DropoutNetwork.fresh().toComputationGraph());

    assertThrows(IllegalStateException.class, checkpoints::loadLastMultiLayerNetwork);
    assertTrue(checkpoints.loadLast().orElseThrow() instanceof ComputationGraph);
  }

  @Test
  void refusesNonsense() {
    assertThrows(IllegalArgumentException.class, () -> new Checkpoints(folder, 0));
    assertThrows(IllegalArgumentException.class, () -> new Checkpoints(folder).everyEpochs(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Checkpoints(folder).save(DropoutNetwork.fresh().getLayer(0)));
  }
}
