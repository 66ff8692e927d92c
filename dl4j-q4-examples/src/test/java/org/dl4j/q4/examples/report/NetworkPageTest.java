package org.dl4j.q4.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.packed.PackedModel;
import org.dl4j.q4.stats.Q4StatsListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report DIR} of a run that has a network, or statistics. */
class NetworkPageTest {

  /** 3×5 weights at 4 bits: 8 bytes of codes and 4 of the scale. */
  private static final String ROW =
      "<td class=\"name\">hidden</td><td class=\"name\">Q4DenseLayer</td>"
          + "<td class=\"name\">W</td><td class=\"name\">3×5</td>"
          + "<td class=\"figure\">15</td><td class=\"figure\">4</td>"
          + "<td class=\"figure\">60</td><td class=\"figure\">12</td>";

  @TempDir private Path folder;

  private final ReportRunner report = new ReportRunner();
  private MultiLayerNetwork network;

  @BeforeEach
  void run() throws IOException {
    new RunFiles().write(folder, 1, 60, 70);
    network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new Q4DenseLayer.Builder().name("hidden").nIn(3).nOut(5).build())
                .layer(new OutputLayer.Builder().name("output").nIn(5).nOut(2).build())
                .build());
    network.init();
  }

  private String page() throws IOException {
    assertEquals(0, report.run(folder), report::err);
    return Files.readString(folder.resolve("report/report.html"));
  }

  private boolean has(String picture) {
    return Files.exists(folder.resolve("report").resolve(picture));
  }

  @Test
  void showsSizesWeightsAndCodesOfTheLastNetwork() throws IOException {
    network.save(folder.resolve("last.zip").toFile());
    Files.writeString(folder.resolve("best.zip"), "not looked at");

    String html = page();

    assertTrue(html.contains("<h2>Layers of last.zip</h2>"), html);
    assertTrue(html.contains(ROW), html);
    assertTrue(html.contains("15 of 32 parameters quantized"), html);
    assertTrue(has("codes.png") && has("weights.png"));
  }

  @Test
  void aPackedModelHasNoFloatWeightsToShow() throws IOException {
    PackedModel.of(network).write(folder.resolve("model.q4"));

    String html = page();

    assertTrue(html.contains("<h2>Layers of model.q4</h2>"), html);
    assertTrue(html.contains(ROW), html);
    assertTrue(has("codes.png"));
    assertFalse(has("weights.png"));
  }

  /** The first report knows of no changes yet. */
  @Test
  void showsStatistics() throws IOException {
    Q4StatsListener.builder().csv(folder.resolve("quantization.csv")).build().report(network);

    String html = page();

    assertTrue(html.contains("<h2>Statistics of the layers</h2><p>No warnings.</p>"), html);
    assertTrue(has("levels-used.png") && has("scale.png") && has("sqnr-db.png"));
    assertFalse(has("flipped.png"));
  }

  @Test
  void statisticsWithoutAReportAreNothing() throws IOException {
    Q4StatsListener.builder().csv(folder.resolve("quantization.csv")).build();

    assertFalse(page().contains("Statistics of the layers"));
  }
}
