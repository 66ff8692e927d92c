package org.dl4j.q4.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example mains at tiny limits. */
class ExamplesTest {

  @TempDir private Path folder;

  @Test
  void layersAreSwappedByHand() {
    String data = folder.resolve("synthetic").toString();

    int exit = SwapLayersByHand.runExample("--epochs", "1", "--images", "100", "--data-dir", data);

    assertEquals(0, exit);
    assertTrue(Files.isDirectory(Path.of(data)));
    assertEquals(
        SwapLayersByHand.before().toJson().lines().count() > 0,
        SwapLayersByHand.after().toJson().contains("Q4ConvolutionLayer"));
  }

  @Test
  void helpAndUnknownCommands() {
    assertEquals(0, TrainVggOnCifar10.runExample("--help"));
    assertEquals(0, TrainVggOnCifar100.runExample("--help"));
    assertEquals(0, MonitorInDl4jUi.runExample("--help"));
    assertEquals(0, TrainWithEarlyStopping.runExample("--help"));
    assertEquals(0, TransferLearningFromFp32.runExample("--help"));
    assertEquals(2, MonitorInDl4jUi.runExample("--prot", "9000"));
    assertEquals(0, Q4.run("--help"));
    assertEquals(0, Q4.run("train", "--help"));
    assertEquals(0, Q4.run("profile", "--help"));
    assertEquals(2, Q4.run("trian"));
  }
}
