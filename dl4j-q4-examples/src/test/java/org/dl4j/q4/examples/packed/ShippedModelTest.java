package org.dl4j.q4.examples.packed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.dl4j.q4.examples.CommandRun;
import org.dl4j.q4.packed.PackedModel;
import org.dl4j.q4.packed.PackedTensor;
import org.dl4j.q4.quant.ActivationRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trained model that comes with the examples. */
class ShippedModelTest {

  private static final Path MODEL = Path.of("models", "vgg4bit-cifar10.q4");

  @Test
  void isTheWholeVgg() throws IOException {
    PackedModel model = PackedModel.read(MODEL);
    assertEquals(
        3_251_018 + 2 * 1_408, // trainable parameters, and the statistics of seven batch norms
        model.tensors().stream().mapToLong(PackedTensor::length).sum());
    assertTrue(Files.size(MODEL) <= 1_670_000, Files.size(MODEL) + " bytes");
    for (PackedTensor tensor : model.tensors()) {
      assertTrue(!tensor.isQuantized() || tensor.quantized().levelsUsed() >= 13, tensor::toString);
    }
  }

  /** The network has eight 4-bit layers, three poolings between them, and an input. */
  @Test
  void isCalibrated() throws IOException {
    PackedModel model = PackedModel.read(MODEL);
    assertEquals(
        List.of(
            "input", "conv1-1", "conv1-2", "pool1", "conv2-1", "conv2-2", "pool2", "conv3-1",
            "conv3-2", "pool3", "linear1", "linear2"),
        new ArrayList<>(model.activationRanges().keySet()));
    ActivationRange input = model.activationRanges().get("input");
    for (int c = 0; c < 3; c++) { // black and white occur in every channel
      assertTrue(input.min() <= model.imageInput().orElseThrow().apply(c, 0));
      assertTrue(input.max() >= model.imageInput().orElseThrow().apply(c, 255));
    }
  }

  @Test
  void classifiesAnImage(@TempDir Path folder) throws IOException {
    Path image = folder.resolve("blue-sky.png");
    BufferedImage sky = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 64; x++) {
      for (int y = 0; y < 64; y++) {
        sky.setRGB(x, y, 0x6090d0 + y); // paler towards the horizon
      }
    }
    ImageIO.write(sky, "png", image.toFile());
    assertFliesOrFloats(CommandRun.of("classify", MODEL, image));
    CommandRun integers = CommandRun.of("classify", "--engine", "integers", MODEL, image);
    assertTrue(integers.text().contains("8 of 8 layers with integers"), integers::text);
    assertFliesOrFloats(integers);
  }

  private static void assertFliesOrFloats(CommandRun run) {
    assertEquals(0, run.exitCode(), run::text);
    List<String> classes =
        run.text().lines().filter(line -> line.contains(" % ")).collect(Collectors.toList());
    assertEquals(5, classes.size(), run::text);
    // What flies or floats, not what runs.
    String best = classes.get(0);
    assertTrue(best.matches(".*(airplane|bird|ship)"), run::text);
  }
}
