package org.dl4j.q4.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.SimpleResNet4bit;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** {@code report clip} of networks whose weights are set by hand. */
class ClipCommandTest {

  /**
   * Largest 0.7, so the scale is 0.1. With α = 1 the largest becomes tanh 0.7 = 0.60437 and the
   * scale 0.086338; 0.41 = 4.1 scales becomes tanh 0.41 = 0.38847 = 4.4994 scales, code 4 as
   * before; 0.24 = 2.4 scales becomes 0.23550 = 2.7276 scales, code 3 instead of 2; 0 stays.
   */
  private static final double[] WEIGHTS = {0.7, -0.41, 0.24, 0};

  @TempDir private Path folder;

  private final ReportRunner report = new ReportRunner();

  private Path network() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new Q4DenseLayer.Builder().name("hidden").nIn(2).nOut(2).build())
                .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build());
    network.init();
    network.setParam("0_W", Nd4j.create(WEIGHTS, new long[] {2, 2}, 'c').castTo(DataType.FLOAT));
    Path file = folder.resolve("network.zip");
    network.save(file.toFile());
    return file;
  }

  private List<String> clip(Object... options) throws IOException {
    Path out = folder.resolve("clip.md");
    Object[] all = new Object[options.length + 4];
    System.arraycopy(new Object[] {"clip", network(), "--out", out}, 0, all, 0, 4);
    System.arraycopy(options, 0, all, 4, options.length);
    assertEquals(0, report.run(all), report::err);
    return Files.readAllLines(out);
  }

  /**
   * Sum of squares 0.7157 before, 0.57164 after: root mean square 0.42299 and 0.37803, a loss of
   * 0.10629. The largest loses 1 − 0.60437 / 0.7 = 0.13662. Decay at learning rate 0.1 is ten times
   * that.
   */
  @Test
  void measuresOneClip() throws IOException {
    List<String> lines = clip("--alpha", 1, "--lr", 0.1);

    String row = "| hidden | 0.7 | 0.423 | 1.65 | 0.14 | 0.11 | 1.4 | 1.1 | 25 % |";
    assertTrue(lines.contains(row), () -> String.join("\n", lines));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("| layer1 | ")), lines::toString);
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.contains("α = 1.") && line.contains("learning rate 0.1.")),
        lines::toString);
  }

  /**
   * (w/α)²/3 = 0.01815 for 0.7, of which higher terms take a part: 1 − 3 tanh(0.7/3)/0.7 = 0.0178.
   */
  @Test
  void clipsAsThePaperByDefault() throws IOException {
    List<String> lines = clip();

    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("| hidden | 0.7 | 0.423 | 1.65 | 0.018 |")),
        lines::toString);
  }

  /** Its pooling layer has no parameters, and its kind of network is another. */
  @Test
  void looksIntoAResNet() throws IOException {
    ComputationGraph resnet =
        new ComputationGraph(new SimpleResNet4bit(10).width(0.25).graphConfiguration());
    resnet.init();
    Path file = folder.resolve("resnet.zip");
    resnet.save(file.toFile());
    Path out = folder.resolve("resnet.md");

    assertEquals(0, report.run("clip", file, "--out", out), report::err);

    assertEquals(
        7, Files.readAllLines(out).stream().filter(l -> l.matches("\\| (conv|linear).*")).count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--alpha=0", "--lr=-1", "--alpha=Infinity"})
  void refusesWhatIsNotPositive(String option) throws IOException {
    assertEquals(2, report.run("clip", network(), option));
    assertTrue(report.err().contains("must be positive and finite; got"), report::err);
  }

  @Test
  void saysWhereNoNetworkIs() {
    assertEquals(1, report.run("clip", folder.resolve("nowhere.zip")));
    assertTrue(report.err().contains("found no file"), report::err);
  }
}
