package org.dl4j.q4.examples.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.CommandRun;
import org.dl4j.q4.examples.model.SimpleResNet4bit;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.onnx.OnnxExport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export-onnx} as a user runs it. */
class ExportOnnxCommandTest {

  @TempDir private Path folder;
  private Path in;
  private Path out;
  private String text;

  @BeforeEach
  void files() {
    in = folder.resolve("in.zip");
    out = folder.resolve("out.onnx");
  }

  /** Through the main program, whose exit codes they are; its output goes to the two streams. */
  private int run(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    text = run.text();
    return run.exitCode();
  }

  private MultiLayerNetwork vgg() throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(new Vgg4bit(10).width(0.1).configuration());
    network.init();
    network.save(in.toFile());
    return network;
  }

  @Test
  void theFileIsTheLibrarys() throws IOException {
    MultiLayerNetwork network = vgg();
    Path expected = folder.resolve("expected.onnx");
    OnnxExport.builder().imageSize(32, 32).build().write(network, expected);

    assertEquals(
        0, run("export-onnx", "--in", in, "--out", out, "--image-size", "32x32"), () -> text);

    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(out));
    assertTrue(
        text.contains(String.format(Locale.ROOT, "%,d bytes written to %s", Files.size(out), out)),
        text);
  }

  @Test
  void aGraphToo() throws IOException {
    ComputationGraph network = new ComputationGraph(new SimpleResNet4bit(10).graphConfiguration());
    network.init();
    network.save(in.toFile());

    assertEquals(0, run("export-onnx", "--in", in, "--out", out), () -> text);

    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(out));
    assertEquals("input", model.getGraph().getInput(0).getName());
    assertEquals("linear", model.getGraph().getOutput(0).getName());
  }

  @Test
  void badInputIsOneLineAndTwo() throws IOException {
    assertBad(Files.writeString(folder.resolve("text.zip"), "no zip"), "expected a saved network");
    assertBad(folder.resolve("nowhere.zip"), "found no file");

    MultiLayerNetwork sequences =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list(
                    new LSTM.Builder().name("memory").nOut(4).build(),
                    new RnnOutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.recurrent(3))
                .build());
    sequences.init();
    sequences.save(in.toFile());
    assertBad(in, "Layer memory (LSTM) cannot be written to ONNX");
  }

  private void assertBad(Path file, String reason) {
    assertEquals(2, run("export-onnx", "--in", file, "--out", out), () -> text);
    List<String> errors =
        text.lines().filter(line -> line.contains("error: ")).collect(Collectors.toList());
    assertEquals(1, errors.size(), () -> text);
    assertTrue(errors.get(0).contains(file + ": ") && errors.get(0).contains(reason), text);
    assertFalse(Files.exists(out));
  }

  @Test
  void aWrongSizeIsTwo() throws IOException {
    vgg();
    for (String size : List.of("32", "0x32", "32x32x3", "axb")) {
      assertEquals(2, run("export-onnx", "--in", in, "--out", out, "--image-size", size));
      assertTrue(text.contains("such as 32x32; got " + size), text);
    }
    assertFalse(Files.exists(out));
  }
}
