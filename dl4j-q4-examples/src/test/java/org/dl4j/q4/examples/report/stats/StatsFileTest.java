package org.dl4j.q4.examples.report.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.stats.Q4StatsListener;
import org.dl4j.q4.stats.QuantizationReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class StatsFileTest {

  private static final String HEADER =
      "network,iteration,layer,parameter,levels_used,scale,sqnr_db,flipped,oscillating,warnings\n";

  @TempDir private Path folder;

  private StatsFile read(String rows) throws IOException {
    return StatsFile.read(Files.writeString(folder.resolve("q.csv"), HEADER + rows));
  }

  @Test
  void readsWhatTheListenerWrites() throws IOException {
    Path file = folder.resolve("quantization.csv");
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new Q4DenseLayer.Builder().name("a, b").nIn(4).nOut(30).build())
                .layer(new Q4OutputLayer.Builder().name("out").nIn(30).nOut(2).build())
                .build());
    network.init();
    Q4StatsListener listener = Q4StatsListener.builder().frequency(1).csv(file).build();
    network.addListeners(listener);
    network.fit(new DataSet(Nd4j.rand(3, 4), Nd4j.create(new double[][] {{1, 0}, {0, 1}, {1, 0}})));
    QuantizationReport last = listener.report(network);

    StatsFile stats = StatsFile.read(file);

    assertEquals(List.of("a, b", "out"), stats.layers());
    assertArrayEquals(new double[] {0, 1}, stats.iterations("out"));
    for (StatsColumn column : StatsColumn.values()) {
      assertEquals(2, stats.values("a, b", column).length);
    }
    assertEquals(
        last.layers().get(0).fit().sqnr(), stats.values("a, b", StatsColumn.SQNR_DB)[1], 0);
    assertEquals(
        100 * last.layers().get(1).changes().flipped(),
        stats.values("out", StatsColumn.FLIPPED)[1],
        1e-12);
    assertFalse(stats.hasSeveralNetworks());
  }

  /** Killed after 600, gone on from a checkpoint at 300. */
  @Test
  void laterRowsHoldWhereIterationsComeAgain() throws IOException {
    StatsFile stats =
        read(
            "0,0,a,W,15,1,20,,,\n"
                + "0,200,a,W,14,1,20,,,\n"
                + "0,400,a,W,13,1,20,,,\n"
                + "0,600,a,W,12,1,20,,,\n"
                + "0,300,a,W,11,1,20,,,\n"
                + "0,500,a,W,10,1,20,,,\n");

    assertArrayEquals(new double[] {0, 200, 300, 500}, stats.iterations("a"));
    assertArrayEquals(new double[] {15, 14, 11, 10}, stats.values("a", StatsColumn.LEVELS_USED));
  }

  @Test
  void leavesOutWhatAKillLeftOfTheLastRow() throws IOException {
    assertArrayEquals(new double[] {0}, read("0,0,a,W,15,1,20,,,\n0,200,a,W,1").iterations("a"));
  }

  @Test
  void namesParametersWhereTheyAreNotTheWeights() throws IOException {
    StatsFile stats =
        read("0,0,lstm,W,15,1,20,,,\n0,0,lstm,RW,15,1,20,,,\n1,0,lstm,W,15,1,20,,,\n");

    assertEquals(List.of("lstm", "lstm RW"), stats.layers());
    assertTrue(stats.hasSeveralNetworks());
  }

  @Test
  void collectsWarningsByLayerAndKind() throws IOException {
    StatsFile stats =
        read(
            "0,0,a,W,9,1,20,,,OUTLIER DEAD_LEVELS\n0,0,b,W,15,1,20,,,\n"
                + "0,200,a,W,9,1,20,,,OUTLIER\n0,200,b,W,15,1,20,,,\n"
                + "0,400,a,W,9,1,20,,,\n0,400,b,W,15,1,20,,,NEW_KIND\n");

    assertEquals(
        List.of(
            "a,DEAD_LEVELS,a fifth of the levels or more do not occur,1 of 3,0,0",
            "a,OUTLIER,one large weight stretches the scale: the others share few levels,"
                + "2 of 3,0,200",
            "b,NEW_KIND,,1 of 3,400,400"),
        stats.warnings().stream()
            .map(warning -> String.join(",", warning.cells()))
            .collect(Collectors.toList()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,0,a,W,15,1,x,,, | line 2: expected a number as sqnr_db, found 'x'",
        "0,zero,a,W,15,1,20,,, | line 2: expected an integer as iteration, found 'zero'",
        "0,0,a,W,15 | line 2: expected 10 values, found 5: 0"
      })
  void namesLineAndColumnOfAnError(String row, String error) {
    String message = assertThrows(IOException.class, () -> read(row + "\n")).getMessage();

    assertEquals(folder.resolve("q.csv") + ", " + error, message);
  }

  @Test
  void namesAMissingColumn() throws IOException {
    Path file = Files.writeString(folder.resolve("other.csv"), "network,iteration\n0,0\n");

    String message = assertThrows(IOException.class, () -> StatsFile.read(file)).getMessage();

    assertEquals(file + ", line 1: expected a column layer, found network,iteration", message);
  }

  @Test
  void refusesALoneQuote() {
    String message =
        assertThrows(IOException.class, () -> read("0,0,\"a,W,15,1,20,,,\n")).getMessage();

    assertTrue(message.contains("q.csv"), message);
  }
}
