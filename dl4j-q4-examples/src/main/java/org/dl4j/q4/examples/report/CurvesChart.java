package org.dl4j.q4.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.None;

/**
 * A column over epochs: for each group of runs its mean over seeds as a line of a colour, and below
 * it a thin line for each seed; a log of others dashed on top.
 */
final class CurvesChart {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;

  /** With more epochs, an epoch is narrower than two dashes. */
  private static final int MOST_EPOCHS_FOR_DASHES = 40;

  /** Okabe and Ito's colours for all kinds of sight; their black is the log's. */
  private static final Color[] COLOURS = {
    new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73),
    new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9)
  };

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
   */
  CurvesChart(String title, Column column) {
    this.column = column;
    this.chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("epoch")
            .yAxisTitle(column.title())
            .theme(ChartTheme.Matlab)
            .build();
    chart
        .getStyler()
        .setChartTitleVisible(!title.isEmpty())
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE);
    chart
        .getStyler()
        .setPlotGridLinesColor(new Color(0xDDDDDD))
        .setPlotGridLinesStroke(new BasicStroke(0.5f)) // each dot of a dotted one would be a shape
        .setXAxisDecimalPattern("0");
  }

  /**
   * @param group gets the next colour
   * @throws IOException if a run has not got the column, or there are more groups than colours
   */
  void add(RunGroup group) throws IOException {
    if (names.size() == COLOURS.length) {
      throw new IOException(
          "Expected at most "
              + COLOURS.length
              + " groups in a picture, which can be told apart; make several pictures");
    }
    Color colour = COLOURS[names.size()];
    if (group.runs().size() > 1) {
      for (Run run : group.runs()) {
        XYSeries seed =
            line(
                group.name() + ", seed " + run.seed(),
                run.metrics.column(column.key()),
                colour,
                SEED);
        seed.setShowInLegend(false);
      }
    }
    line(group.name(), group.meanCurve(column), colour, MEAN);
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
      line(name, values, Color.BLACK, DASHED_LOG);
    } else {
      gapped(name, values);
    }
    names.add(name);
  }

  private XYSeries line(String name, double[] values, Color colour, BasicStroke stroke) {
    double[] epochs = IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
    return style(chart.addSeries(name, epochs, values), colour, stroke);
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
    style(chart.addSeries(name, x, y), Color.BLACK, LOG);
  }

  private static XYSeries style(XYSeries series, Color colour, BasicStroke stroke) {
    series.setMarker(new None());
    series.setLineColor(colour).setLineStyle(stroke);
    return series;
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
