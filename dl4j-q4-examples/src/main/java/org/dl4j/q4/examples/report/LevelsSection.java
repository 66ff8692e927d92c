package org.dl4j.q4.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4j.q4.examples.report.chart.ChartStyle;
import org.dl4j.q4.examples.report.chart.Picture;
import org.dl4j.q4.examples.report.page.Section;
import org.knowm.xchart.XYChart;

/** The part of a page with the levels that quantized layers use, over epochs. */
final class LevelsSection {

  private static final BasicStroke MEAN = new BasicStroke(2.2f);
  private static final BasicStroke FEWEST = new BasicStroke(0.9f);

  private LevelsSection() {}

  /**
   * @param groups of runs
   * @return a picture of them; empty if none has quantized layers
   * @throws IOException if a run has not got a column of levels
   */
  static Section of(List<RunGroup> groups) throws IOException {
    Section section = new Section("Levels used");
    List<RunGroup> quantized = new ArrayList<>();
    for (RunGroup group : groups) {
      if (!Double.isNaN(group.runs().get(0).metrics.last("levels_min"))) {
        quantized.add(group);
      }
    }
    int most = ChartStyle.COLOURS.size();
    for (int from = 0; from < quantized.size(); from += most) {
      section.picture(
          new Picture(
              "levels" + (from == 0 ? "" : "-" + (from / most + 1)),
              "Different codes that occur in a layer's weights after each epoch, as metrics.csv has"
                  + " them: the mean over layers and seeds (thick), and the fewest of any layer and"
                  + " seed (thin). With 4 bits there are 15.",
              chart(quantized.subList(from, Math.min(from + most, quantized.size())))));
    }
    return section;
  }

  private static XYChart chart(List<RunGroup> groups) throws IOException {
    XYChart chart = ChartStyle.chart("Levels used after each epoch", "epoch", "levels", 900, 380);
    for (int i = 0; i < groups.size(); i++) {
      RunGroup group = groups.get(i);
      Color colour = ChartStyle.COLOURS.get(i);
      add(chart, group.name() + ", mean over layers", levels(group, "levels_avg"), colour, MEAN);
      add(chart, group.name() + ", fewest", levels(group, "levels_min"), colour, FEWEST);
    }
    return chart;
  }

  private static void add(
      XYChart chart, String name, double[] values, Color colour, BasicStroke stroke) {
    double[] epochs = IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
    ChartStyle.style(chart.addSeries(name, epochs, values), colour, stroke);
  }

  /** One an epoch: over the runs, the mean of means or the fewest of the fewest. */
  private static double[] levels(RunGroup group, String column) throws IOException {
    double[] levels = new double[group.epochs()];
    for (int i = 0; i < levels.length; i++) {
      int epoch = i;
      double[] ofRuns = group.collect(run -> run.metrics.column(column)[epoch]);
      levels[i] =
          column.equals("levels_min")
              ? Arrays.stream(ofRuns).min().getAsDouble()
              : Summary.of(ofRuns).mean;
    }
    return levels;
  }
}
