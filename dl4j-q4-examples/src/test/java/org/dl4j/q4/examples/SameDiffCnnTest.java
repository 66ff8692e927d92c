package org.dl4j.q4.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.samediff.SDQ4;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** The SameDiff example at tiny limits. */
class SameDiffCnnTest {

  @TempDir private Path folder;

  @Test
  void trainsTellsAndSaves() {
    Path file = folder.resolve("graph.fb");

    String output =
        run(
            "--epochs",
            "1",
            "--images",
            "100",
            "--bits",
            "2",
            "--data-dir",
            folder.resolve("synthetic").toString(),
            "--save",
            file.toString());

    assertTrue(output.contains("epoch 1: test accuracy "), output);
    assertTrue(output.contains("dense2.weights: 1280 weights on 3 of 3 levels"), output);
    assertFalse(Files.exists(folder.resolve("graph.fb.partial")));
    Map<String, QuantizedTensor> tensors =
        SDQ4.quantizedWeights(SameDiff.load(file.toFile(), true));
    assertEquals(
        List.of("conv1.weights", "conv2.weights", "dense1.weights", "dense2.weights"),
        List.copyOf(tensors.keySet()));
  }

  @Test
  void imagesInProbabilitiesOut() {
    SameDiff sd = SameDiffCnn.network(4);
    assertArrayEquals(
        new long[] {2, 10},
        sd.outputSingle(Map.of("images", Nd4j.ones(DataType.FLOAT, 2, 3, 32, 32)), "probabilities")
            .shape());
  }

  @Test
  void help() {
    assertTrue(run("--help").contains("--save"));
  }

  private static String run(String... args) {
    PrintStream stdout = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, SameDiffCnn.runExample(args));
    } finally {
      System.setOut(stdout);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
