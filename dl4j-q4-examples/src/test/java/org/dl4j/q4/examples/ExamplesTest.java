package org.dl4j.q4.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example mains at tiny limits. */
class ExamplesTest {

  @TempDir private Path folder;

  @Test
  void vggOnCifar10TrainsAndSaves() throws Exception {
    Path images = folder.resolve("cifar");
    SyntheticImages.write(images, CifarFormat.CIFAR10, 100, 50, 3);
    Path zip = folder.resolve("vgg.zip");

    int exit =
        TrainVggOnCifar10.runExample(
            images.toString(),
            "--epochs",
            "1",
            "--limit",
            "40",
            "--width",
            "0.1",
            "--save",
            zip.toString());

    assertEquals(0, exit);
    assertEquals(1, MultiLayerNetwork.load(zip.toFile(), true).getEpochCount());
  }

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
    assertEquals(0, Q4.run("--help"));
    assertEquals(0, Q4.run("train", "--help"));
    assertEquals(0, Q4.run("profile", "--help"));
    assertEquals(2, Q4.run("trian"));
  }
}
