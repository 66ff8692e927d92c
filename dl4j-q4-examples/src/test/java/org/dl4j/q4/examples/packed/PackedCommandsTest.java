package org.dl4j.q4.examples.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4j.q4.examples.CommandRun;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.packed.ImageInput;
import org.dl4j.q4.packed.PackedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** {@code export}, {@code inspect}, {@code classify}, and the commands that take a .q4 as well. */
class PackedCommandsTest {

  @TempDir private static Path folder;
  private static Path zip;
  private static Path packed;
  private static MultiLayerNetwork network;

  private static String run(int exit, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertEquals(exit, run.exitCode(), run::text);
    return run.text();
  }

  @BeforeAll
  static void export() throws IOException {
    zip = folder.resolve("model.zip");
    packed = folder.resolve("model.q4");
    network = new MultiLayerNetwork(new Vgg4bit(10).width(0.1).configuration());
    network.init();
    network.feedForward(Nd4j.rand(DataType.FLOAT, 8, 3, 32, 32), true); // batch norm's statistics
    ModelSerializer.writeModel(network, zip.toFile(), false);
    String text = run(0, "export", "--in", zip, "--out", packed, "--data", "cifar10");
    assertTrue(text.contains(String.format(Locale.ROOT, "%,d bytes", Files.size(packed))), text);
  }

  @Test
  void theSizeIsThePredictedOneAndThatOfTheFullModelIsSmall() throws IOException {
    Path options = folder.resolve("options.txt");
    Files.writeString(options, "--data=cifar10\n");
    try {
      String line = run(0, "summary", "--in", zip).lines().reduce((a, b) -> b).orElseThrow();
      assertEquals(
          String.format(
              Locale.ROOT, "as a packed file (q4.jar export): %,d bytes", Files.size(packed)),
          line);
      Path again = folder.resolve("again.q4");
      run(0, "export", "--in", zip, "--out", again);
      assertArrayEquals(
          Files.readAllBytes(packed),
          Files.readAllBytes(again),
          "options.txt says what --data said");
    } finally {
      Files.delete(options);
    }
    MultiLayerNetwork full = new MultiLayerNetwork(new Vgg4bit(10).configuration());
    full.init();
    long bytes = PackedModel.of(full).withLabels(PackedModel.read(packed).labels()).fileLength();
    // Its 3,246,784 weights at half a byte, its biases and batch norms; 13,004,072 at FP32.
    assertTrue(bytes > 1_623_392 + 28_200 && bytes <= 1_670_000, bytes + " bytes");
  }

  @Test
  void inspectTellsOfScalesAndCodes() throws IOException {
    String text = run(0, "inspect", packed);
    List<String> lines = text.lines().collect(Collectors.toList());
    assertTrue(lines.get(0).contains("a MultiLayerNetwork, "), text);
    assertEquals(
        "classes: airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck",
        lines.get(1));
    assertTrue(lines.get(2).startsWith("images: 32×32 pixels (width × height); mean 0.4914"), text);
    int layer = lines.indexOf("layer 0, W: 6×3×3×3, 4 bits, 85 bytes"); // 162 codes and a scale
    assertTrue(layer > 0, text);
    long codes =
        lines.subList(layer + 3, layer + 3 + 15).stream()
            .mapToLong(line -> new Scanner(line.replace(",", "")).skip(" *\\S+").nextLong())
            .sum();
    assertEquals(162, codes);
  }

  @Test
  void inspectInColourSaysTheSame() {
    String plain = run(0, "inspect", packed, "--color", "NEVER");
    String coloured = run(0, "inspect", packed, "--color", "always");

    assertTrue(coloured.contains("\u001b[1mlayer 0, W\u001b[0m: 6×3×3×3"), coloured);
    assertTrue(coloured.contains("\u001b[36m█"), coloured);
    assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9]+m", ""));
    assertEquals(plain, run(0, "inspect", packed), "no terminal, no colour");
  }

  @Test
  void aPackedModelGoesWhereANetworkGoes() throws IOException {
    String expected = run(0, "evaluate", zip, "--test-limit", "50");
    String actual = run(0, "evaluate", packed, "--test-limit", "50");
    assertEquals(expected, actual);
    assertTrue(expected.lines().reduce((a, b) -> b).orElseThrow().startsWith("accuracy "));
    Path back = folder.resolve("back.zip");
    run(0, "convert", "--in", packed, "--out", back, "--to-fp32", "quantized");
    Path again = folder.resolve("again.zip");
    run(0, "convert", "--in", zip, "--out", again, "--to-fp32", "quantized");
    assertEquals(
        MultiLayerNetwork.load(again.toFile(), false).params(),
        MultiLayerNetwork.load(back.toFile(), false).params());
  }

  @Test
  void packingAgainLosesNoNames() throws IOException {
    Path again = folder.resolve("packed-again.q4");
    run(0, "export", "--in", packed, "--out", again);
    assertArrayEquals(Files.readAllBytes(packed), Files.readAllBytes(again));
    Files.writeString(folder.resolve("options.txt"), "--data=of-somebody-else\n");
    try {
      run(0, "export", "--in", zip, "--out", again);
      assertTrue(PackedModel.read(again).labels().isEmpty());
    } finally {
      Files.delete(folder.resolve("options.txt"));
    }
  }

  @Test
  void theClassesAreAsManyAsTheOutputs() throws IOException {
    Path out = folder.resolve("hundred.q4");
    assertError(
        "Expected a network of the 100 classes of cifar100, found one of 10 outputs",
        "export",
        "--in",
        zip,
        "--out",
        out,
        "--data",
        "cifar100");
    assertFalse(Files.exists(out));
  }

  /** Grey is what it is, with or without transparency. */
  @Test
  void greyIsNotBrightened() throws IOException {
    BufferedImage image =
        new BufferedImage(
            new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE),
            Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 2, 2, 2, null),
            false,
            null);
    image.getRaster().setPixels(0, 0, 2, 2, new int[] {128, 255, 0, 255, 128, 0, 100, 51});
    Path file = folder.resolve("grey-alpha.png");
    assertTrue(ImageIO.write(image, "png", file.toFile()));
    ImageInput unit = new ImageInput(2, 2, new float[3], new float[] {1 / 255f, 1, 1});
    float[] red = ImageFile.read(file, unit).slice(0).slice(0).dup().reshape(4).toFloatVector();
    // White shows through where it is transparent: 255 · (1 − 51/255) + 100 · 51/255 = 224.
    assertArrayEquals(new float[] {128, 0, 255, 224}, red, 0.01f);
  }

  @Test
  void classifyScalesAnyImage() throws IOException {
    Path small = image("small.png", 32, 32, BufferedImage.TYPE_INT_RGB);
    Path large = image("large.jpg", 500, 301, BufferedImage.TYPE_INT_RGB);
    Path clear = image("clear.png", 7, 90, BufferedImage.TYPE_INT_ARGB);
    Path grey = image("grey.gif", 40, 40, BufferedImage.TYPE_BYTE_GRAY);
    String text = run(0, "classify", packed, small, large, clear, grey);
    List<String> lines = text.lines().collect(Collectors.toList());
    assertEquals(4 * 6, lines.size(), text);
    assertEquals(small.toString(), lines.get(0));
    double sum = 0;
    for (String line : lines.subList(1, 6)) {
      sum += Double.parseDouble(line.substring(0, line.indexOf('%')));
    }
    assertTrue(sum > 50 && sum <= 100.03, text); // the five largest of ten
  }

  private static Path image(String name, int width, int height, int type) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        image.setRGB(x, y, 0xff000000 | ((x * 255 / width) << 8) | (y * 255 / height));
      }
    }
    File file = folder.resolve(name).toFile();
    assertTrue(ImageIO.write(image, name.substring(name.indexOf('.') + 1), file));
    return file.toPath();
  }

  @Test
  void foldingIsAsked() throws IOException {
    Path folded = folder.resolve("folded.q4");
    run(0, "export", "--in", zip, "--out", folded, "--fold", "--data", "cifar10");
    PackedModel model = PackedModel.read(folded);
    assertFalse(model.tensors().stream().anyMatch(tensor -> tensor.parameter().equals("gamma")));
    assertTrue(PackedModel.read(packed).tensors().size() > model.tensors().size());
  }

  @Test
  void whatIsNoPackedModelIsToldInALine() throws IOException {
    Path text = Files.writeString(folder.resolve("text.q4"), "hello");
    Path cut = folder.resolve("cut.q4");
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertError("found a zip of Deeplearning4j's", "inspect", zip);
    assertError("expected a saved network", "inspect", text);
    assertError("but the file has", "inspect", cut);
    assertError("but the file has", "evaluate", cut);
    assertError("found no file", "classify", folder.resolve("none.q4"), zip);
    Path plain = folder.resolve("plain.q4");
    run(0, "export", "--in", zip, "--out", plain);
    assertError("does not say how images become its input", "classify", plain, zip);
    Path out = folder.resolve("out.q4");
    assertError("expected a saved network", "export", "--in", text, "--out", out);
    assertFalse(Files.exists(out));
    String message = run(1, "classify", packed, text);
    assertEquals("error: " + text + ": expected an image (PNG, JPEG, GIF or BMP)", message.strip());
    assertTrue(run(2, "export", "--in", zip, "--out", out, "--coarse").contains("--coarse needs"));
  }

  private static void assertError(String part, Object... arguments) {
    String text = run(2, arguments).strip();
    assertTrue(text.startsWith("error: ") && text.contains(part), text);
    assertEquals(1, text.lines().count(), text);
  }
}
