package org.dl4j.q4.examples.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4j.q4.examples.CommandRun;
import org.dl4j.q4.examples.model.Precision;
import org.dl4j.q4.examples.model.SimpleResNet4bit;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;

/** {@code convert} and {@code summary} as a user runs them, on narrow networks. */
class ConvertCommandTest {

  @TempDir private Path folder;
  private Path in;
  private Path out;
  private MultiLayerNetwork stock;
  private String text;

  @BeforeEach
  void save() throws IOException {
    stock =
        new MultiLayerNetwork(new Vgg4bit(10).width(0.1).precision(Precision.FP32).configuration());
    stock.init();
    stock.params().muli(1.25); // not those of its seed
    in = folder.resolve("in.zip");
    out = folder.resolve("out.zip");
    ModelSerializer.writeModel(stock, in.toFile(), true);
    ModelSerializer.addNormalizerToModel(in.toFile(), new ImagePreProcessingScaler(0, 1));
  }

  /** Through the main program, whose exit codes they are; its output goes to the two streams. */
  private int run(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    text = run.text();
    return run.exitCode();
  }

  private List<String> lines() {
    return text.lines().collect(Collectors.toList());
  }

  private static INDArray images() {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(1), 4, 3, 32, 32);
  }

  @Test
  void thereAndBack() throws IOException {
    assertEquals(
        0, run("convert", "--in", in, "--out", out, "--keep", "first,linear1"), () -> text);

    assertEquals("conv1-1 (FastConvolutionLayer): kept: the first layer", lines().get(0));
    assertEquals("conv1-2 (FastConvolutionLayer): Q4ConvolutionLayer", lines().get(2));
    assertTrue(text.contains("linear1 (FastDenseLayer): kept: by its name"), text);
    assertTrue(text.contains("6 of 18 layers swapped; written to " + out), text);
    MultiLayerNetwork q4 = MultiLayerNetwork.load(out.toFile(), true);
    assertEquals(stock.params(), q4.params());
    assertTrue(ModelSerializer.restoreNormalizerFromFile(out.toFile()) != null, "the normalizer");

    Path back = folder.resolve("back.zip");
    assertEquals(0, run("convert", "--in", out, "--out", back, "--to-fp32", "quantized"));

    INDArray expected = q4.output(images());
    INDArray found = MultiLayerNetwork.load(back.toFile(), false).output(images());
    assertEquals(0, expected.distance2(found), 1e-5);
  }

  @Test
  void aGraphToo() throws IOException {
    ComputationGraph graph =
        new ComputationGraph(
            new SimpleResNet4bit(10).precision(Precision.FP32).graphConfiguration());
    graph.init();
    graph.params().muli(1.25);
    graph.save(in.toFile());

    assertEquals(
        0, run("convert", "--in", in, "--out", out, "--bits", 3, "--per-channel"), () -> text);

    assertTrue(text.contains("7 of "), text);
    assertEquals(graph.params(), ComputationGraph.load(out.toFile(), false).params());
  }

  /** 3×3 weights of 6 and 3 channels: 162 of 4 bits are 81 bytes, and 4 of the scale. */
  @Test
  void summaryCounts() {
    run("convert", "--in", in, "--out", out);

    assertEquals(0, run("summary", "--in", out), () -> text);

    assertTrue(
        lines().stream()
            .anyMatch(
                line ->
                    line.matches(
                        "conv1-1 +Q4ConvolutionLayer +W +6×3×3×3 +162 +4 +648 +85 +1[0-5]/15 .*")),
        text);
    long parameters = stock.numParams();
    assertTrue(text.contains(String.format(Locale.ROOT, "%,d", 4 * parameters)), text);
    assertTrue(lines().get(lines().size() - 2).contains(" times smaller"), text);
  }

  @Test
  void summaryInColourSaysTheSame() {
    run("convert", "--in", in, "--out", out);

    run("summary", "--in", out, "--color", "never");
    String plain = text;
    run("summary", "--in", out, "--color", "always");

    assertFalse(plain.contains("\u001b"), plain);
    assertTrue(
        lines().stream()
            .anyMatch(line -> line.matches("\u001b\\[3[23]mconv1-1 .* W .*\u001b\\[0m")),
        text);
    assertEquals(plain, text.replaceAll("\u001b\\[[0-9]+m", ""));
    run("summary", "--in", out);
    assertEquals(plain, text, "no terminal, no colour");
  }

  @Test
  void badInputIsOneLineAndTwo() throws IOException {
    Path noZip = Files.writeString(folder.resolve("text.zip"), "no zip");
    assertBad(noZip, "expected a saved network");
    assertBad(folder.resolve("nowhere.zip"), "found no file");

    byte[] whole = Files.readAllBytes(in);
    assertBad(
        Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2)),
        "expected a saved network");

    Path unknown = folder.resolve("unknown.zip");
    rewrite(unknown, "FastDenseLayer", "NoSuchLayer");
    assertBad(unknown, "cannot be read");

    Path corrupted = folder.resolve("corrupted.zip");
    rewriteParameters(corrupted);
    assertBad(corrupted, "cannot be read");
  }

  @Test
  void parametersThatAreNoNumbersAreBadInput() throws IOException {
    stock.params().putScalar(5, Float.NaN);
    stock.save(in.toFile());

    assertBad(in, "cannot be read");
  }

  private void assertBad(Path file, String reason) {
    for (String command : List.of("convert", "summary")) {
      int exit =
          command.equals("convert")
              ? run(command, "--in", file, "--out", out)
              : run(command, "--in", file);

      assertEquals(2, exit, () -> text);
      List<String> errors =
          lines().stream().filter(line -> line.contains("error: ")).collect(Collectors.toList());
      assertEquals(1, errors.size(), () -> text);
      assertTrue(errors.get(0).contains(file + ": ") && errors.get(0).contains(reason), text);
      assertFalse(Files.exists(out));
    }
  }

  private void rewrite(Path file, String what, String with) throws IOException {
    Files.copy(in, file);
    try (FileSystem zip = FileSystems.newFileSystem(file, (ClassLoader) null)) {
      Path json = zip.getPath("configuration.json");
      Files.writeString(json, Files.readString(json).replace(what, with));
    }
  }

  /** As many bytes as before, less a few. */
  private void rewriteParameters(Path file) throws IOException {
    Files.copy(in, file);
    try (FileSystem zip = FileSystems.newFileSystem(file, (ClassLoader) null)) {
      Path parameters = zip.getPath("coefficients.bin");
      byte[] bytes = Files.readAllBytes(parameters);
      Files.write(parameters, Arrays.copyOf(bytes, bytes.length - 100));
    }
  }

  @Test
  void wrongOptionsAreTwo() {
    assertEquals(2, run("convert", "--in", in, "--out", out, "--bits", 9));
    assertTrue(text.contains("--bits must be from 2 to 8; got 9"), text);
    assertEquals(2, run("convert", "--in", in, "--out", out, "--keep", "dnese"));
    assertTrue(text.contains("[dnese]"), text);
    assertFalse(Files.exists(out));
  }
}
