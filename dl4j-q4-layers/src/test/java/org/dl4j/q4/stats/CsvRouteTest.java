package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRouteTest {

  private static final String HEADER =
      "timestamp_ms,network,iteration,epoch,layer,parameter,weights,levels,levels_used,dead_levels,"
          + "histogram,saturated,flipped,oscillating,flip_trend,scale,scale_drift,outlier_ratio,"
          + "sqnr_db,gradient_norm,clipped_gradient_norm,network_gradient_norm,"
          + "network_clipped_gradient_norm,non_finite,warnings";

  private static final LayerStatistics CONV =
      new LayerStatistics(
          "conv, \"one\"",
          "W",
          6,
          0,
          new CodeHistogram(new long[] {1, 0, 3}),
          new CodeChanges(0.25, 0.125, 0.95, -0.5),
          new GridFit(0.1, 20.5, 1.5),
          new GradientNorm(3, 0.75));

  private static final String CONV_ROW =
      "1007,0,7,3,\"conv, \"\"one\"\"\",W,6,3,2,0,1 0 3,1.0,0.25,0.125,0.95,0.1,-0.5,1.5,20.5,3.0,"
          + "0.75,2.0,0.5,0,UNSETTLED";

  private static final LayerStatistics NAN =
      LayerStatistics.withoutCodes("out", "W", new double[] {Double.NaN}, GradientNorm.UNKNOWN);

  private static final String NAN_ROW = "1007,0,7,3,out,W,1,0,0,,,,,,,,,,,,,2.0,0.5,1,NON_FINITE";

  @TempDir private Path folder;

  @Test
  void writesARowForEachLayer() throws IOException {
    Path file = folder.resolve("new/stats.csv");
    CsvRoute route = new CsvRoute(file);
    assertEquals(HEADER + "\n", Files.readString(file));
    route.put(Figures.report(7, CONV, NAN));
    assertEquals(HEADER + "\n" + CONV_ROW + "\n" + NAN_ROW + "\n", Files.readString(file));
    assertEquals(HEADER.split(",").length, NAN_ROW.split(",").length);
  }

  @Test
  void continuesAFileAndCutsWhatAKillLeft() throws IOException {
    Path file = folder.resolve("stats.csv");
    new CsvRoute(file).put(Figures.report(7, NAN));
    Files.writeString(file, NAN_ROW.substring(0, 20), StandardOpenOption.APPEND);

    new CsvRoute(file).put(Figures.report(7, CONV));

    assertEquals(List.of(HEADER, NAN_ROW, CONV_ROW), Files.readAllLines(file));
  }

  @Test
  void takesAnEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.csv"));
    new CsvRoute(file);
    assertEquals(HEADER + "\n", Files.readString(file));
  }

  @Test
  void refusesAFileOfSomethingElse() throws IOException {
    for (String content : List.of("epoch,loss\n1,2\n", HEADER, HEADER + ",more\n", "x")) {
      Path file = Files.writeString(folder.resolve("other.csv"), content);
      String message =
          assertThrows(IllegalArgumentException.class, () -> new CsvRoute(file)).getMessage();
      assertTrue(message.contains("other.csv") && message.contains(HEADER), message);
      assertEquals(content, Files.readString(file), "left as it was");
    }
  }

  /** What the listener writes has a cell for each column, numbers that can be read, and sums. */
  @Test
  void ofATrainingRunParses() throws IOException {
    Path file = folder.resolve("run.csv");
    MultiLayerNetwork network = StatsNetworks.network();
    network.setListeners(Q4StatsListener.builder().frequency(2).csv(file).build());
    network.fit(StatsNetworks.batches(4), 1);

    List<String> lines = Files.readAllLines(file);
    List<String> columns = List.of(HEADER.split(","));
    assertEquals(1 + 3 * 2, lines.size());
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertEquals(columns.size(), cells.length);
      long sum = 0;
      for (String count : cells[columns.indexOf("histogram")].split(" ", -1)) {
        sum += Long.parseLong(count);
      }
      assertEquals(Long.parseLong(cells[columns.indexOf("weights")]), sum);
      assertTrue(Double.parseDouble(cells[columns.indexOf("sqnr_db")]) > 0, line);
    }
  }
}
