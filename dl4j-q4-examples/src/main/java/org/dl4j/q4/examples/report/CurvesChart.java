package org.dl4j.q4.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4j.q4.examples.report.chart.ChartStyle;
import org.knowm.xchart.XYChart;

/**
 * A column over epochs: for each group of runs its mean over seeds as a line of a colour, and below
 * it a thin line for each seed; a log of others dashed on top.
 */
final class CurvesChart {

  private static final int WIDTH = 900;

  /** Of a picture that stands alone. */
  static final int HEIGHT = 560;

  /** With more epochs, an epoch is narrower than two dashes. */
  private static final int MOST_EPOCHS_FOR_DASHES = 40;

  private static final BasicStroke MEAN = new BasicStroke(2.2f);
  private static final BasicStroke SEED = new BasicStroke(0.7f);
  private static final BasicStroke LOG = new BasicStroke(1.6f);
  private static final BasicStroke DASHED_LOG =
      new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

  private final XYChart chart;
  private final Column column;
  private final List<String> names = new ArrayList<>();
  private int longest;

  /**
   * @param title above it; empty for none
   * @param column what it is of
   * @param height in pixels
   */
  CurvesChart(String title, Column column, int height) {
    this.column = column;
    this.chart = ChartStyle.chart(title, "epoch", column.title(), WIDTH, height);
  }

  /**
   * @param group gets the next colour
   * @throws IOException if a run has not got the column, or there are more groups than colours
   */
  void add(RunGroup group) throws IOException {
    if (names.size() == ChartStyle.COLOURS.size()) {
      throw new IOException(
          "Expected at most "
              + ChartStyle.COLOURS.size()
              + " groups in a picture, which can be told apart; make several pictures");
    }
    Color colour = ChartStyle.COLOURS.get(names.size());
    if (group.runs().size() > 1) {
      for (Run run : group.runs()) {
        line(
            group.name() + ", seed " + run.seed(),
            run.metrics.column(column.key()),
            colour,
            SEED,
            false);
      }
    }
    line(group.name(), group.meanCurve(column), colour, MEAN, true);
    names.add(group.name());
    longest = Math.max(longest, group.epochs());
  }

  /**
   * @param name of the log
   * @param log as far as it is compared
   * @throws IOException if it has not got the column
   */
  void addLog(String name, Metrics log) throws IOException {
    double[] all = log.column(column.key());
    double[] values = Arrays.copyOf(all, Math.min(all.length, longest));
    if (values.length <= MOST_EPOCHS_FOR_DASHES) {
      line(name, values, Color.BLACK, DASHED_LOG, true);
    } else {
      gapped(name, values);
    }
    names.add(name);
  }

  /** A diverged run has losses that are no number: a gap. */
  private void line(
      String name, double[] values, Color colour, BasicStroke stroke, boolean inLegend) {
    double[] epochs = IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
    double[] finite = Arrays.stream(values).map(y -> Double.isFinite(y) ? y : Double.NaN).toArray();
    if (Arrays.stream(finite).allMatch(Double::isNaN)) {
      return; // XChart would fail
    }
    ChartStyle.style(chart.addSeries(name, epochs, finite), colour, stroke)
        .setShowInLegend(inLegend);
  }

  /**
   * XChart draws a line epoch by epoch and begins its dashes anew at each, so that short ones come
   * out solid: here every second stretch between epochs is left out instead.
   */
  private void gapped(String name, double[] values) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      x.add(i + 1.0);
      y.add(values[i]);
      if (i % 2 == 1 && i + 1 < values.length) {
        x.add(i + 1.5);
        y.add(Double.NaN);
      }
    }
    ChartStyle.style(chart.addSeries(name, x, y), Color.BLACK, LOG);
  }

  /**
   * @return whether there is no value to draw
   */
  boolean isEmpty() {
    return chart.getSeriesMap().isEmpty();
  }

  /**
   * @return what it shows, in words
   */
  String description() {
    return column.title() + " over epochs: " + String.join("; ", names);
  }

  XYChart chart() {
    return chart;
  }
}
