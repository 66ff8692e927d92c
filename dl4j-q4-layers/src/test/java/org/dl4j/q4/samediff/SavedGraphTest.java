package org.dl4j.q4.samediff;

import static org.dl4j.q4.samediff.Bits.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** A saved graph, in this process or in another, computes and trains on as if it had not been. */
class SavedGraphTest {

  private static final DataType TYPE = DataType.FLOAT;
  private static final WeightQuantization OPTIONS =
      new WeightQuantization(
          5, Granularity.PER_CHANNEL, WeightQuantization.PAPER.getScaleMode(), 0.9);

  @TempDir private Path folder;
  private SameDiff trained;

  @BeforeEach
  void train() {
    trained = SmallCnn.quantized(TYPE, OPTIONS);
    SmallCnn.train(trained, new Adam(0.01));
    trained.setListeners(new SoftClipListener());
    SmallCnn.fit(trained, TYPE, 0, 3);
  }

  @Test
  void savedWithItsUpdater() {
    File file = folder.resolve("graph.fb").toFile();
    trained.save(file, true);

    assertGoesOn(SameDiff.load(file, true));
  }

  @Test
  void savedAsFlatFile() throws IOException {
    File file = folder.resolve("graph.fb").toFile();
    trained.asFlatFile(file, true);

    assertGoesOn(SameDiff.fromFlatFile(file));
  }

  private void assertGoesOn(SameDiff loaded) {
    assertIdentical(Bits.variables(trained), Bits.variables(loaded));
    assertEquals(
        SDQ4.quantizedWeights(trained).get("kernel").codes(),
        SDQ4.quantizedWeights(loaded).get("kernel").codes());
    Map<String, INDArray> batch = SmallCnn.placeholders(TYPE, 9);
    assertIdentical(
        "scores", trained.outputSingle(batch, "scores"), loaded.outputSingle(batch, "scores"));

    goOn(loaded);
    goOn(trained);
    assertIdentical(Bits.variables(trained), Bits.variables(loaded));
  }

  private static void goOn(SameDiff sd) {
    sd.setListeners(new SoftClipListener());
    SmallCnn.fit(sd, TYPE, 3, 3);
  }

  @Test
  void duplicated() {
    SameDiff copy = trained.dup();
    Map<String, INDArray> batch = SmallCnn.placeholders(TYPE, 9);
    assertIdentical(
        "scores", trained.outputSingle(batch, "scores"), copy.outputSingle(batch, "scores"));
  }

  /** The other process does nothing but what a user would: load, set the listener, fit, save. */
  @Test
  void inAFreshProcess() throws Exception {
    File file = folder.resolve("graph.fb").toFile();
    File continued = folder.resolve("continued.fb").toFile();
    Path output = folder.resolve("output.txt");
    trained.save(file, true);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                SavedGraphTest.class.getName(),
                file.toString(),
                continued.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the other process has not ended");
      assertEquals(0, process.exitValue(), () -> read(output));
    } finally {
      process.destroyForcibly();
    }

    goOn(trained);
    assertIdentical(Bits.variables(trained), Bits.variables(SameDiff.load(continued, true)));
  }

  /** The fresh process. No class of this library is touched before the graph is loaded. */
  public static void main(String[] files) {
    SameDiff sd = SameDiff.load(new File(files[0]), true);
    goOn(sd);
    sd.save(new File(files[1]), true);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
