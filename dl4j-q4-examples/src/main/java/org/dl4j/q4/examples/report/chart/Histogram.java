package org.dl4j.q4.examples.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.None;

/** Counts in bins of equal width, drawn as shares in percent. Immutable. */
public final class Histogram {

  private static final int WIDTH = 300;
  private static final int HEIGHT = 220;

  private final double start;
  private final double width;
  private final long[] counts;

  private Histogram(double start, double width, long[] counts) {
    this.start = start;
    this.width = width;
    this.counts = counts;
  }

  /**
   * @param counts how often each of the codes −q, …, q occurs
   * @return a bin for each
   */
  public static Histogram ofCodes(long[] counts) {
    return new Histogram(-(counts.length / 2) - 0.5, 1, counts.clone());
  }

  /**
   * @param values finite, at least one
   * @param bins how many bins reach from −a to a, where a is the largest absolute value
   * @return the histogram; of nothing but zeros, one bin around 0
   */
  public static Histogram of(double[] values, int bins) {
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    if (largest == 0) {
      return new Histogram(-0.5, 1, new long[] {values.length});
    }
    long[] counts = new long[bins];
    for (double value : values) {
      int bin = (int) ((value / largest + 1) / 2 * bins);
      counts[Math.min(bin, bins - 1)]++;
    }
    return new Histogram(-largest, 2 * largest / bins, counts);
  }

  /**
   * @return how many values are in each bin
   */
  long[] counts() {
    return counts.clone();
  }

  /**
   * @param title above the chart
   * @param xTitle what was counted, with the unit
   * @param colour which of {@link ChartStyle#COLOURS}
   * @return a small chart, of which several stand side by side
   */
  public XYChart chart(String title, String xTitle, int colour) {
    XYChart chart = ChartStyle.chart(title, xTitle, "share of weights, %", WIDTH, HEIGHT);
    chart.setCustomXAxisTickLabelsFormatter(ChartStyle::decimal); // not whole ones alone
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setPlotGridVerticalLinesVisible(false).setYAxisMin(0.0);
    long all = Arrays.stream(counts).sum();
    // Corners of the bars: XChart's own bars are for a few categories with names.
    double[] x = new double[2 * counts.length + 2];
    double[] y = new double[x.length];
    for (int i = 0; i <= counts.length; i++) {
      x[2 * i] = start + i * width;
      x[2 * i + 1] = x[2 * i];
      y[2 * i] = i == 0 ? 0 : 100.0 * counts[i - 1] / all;
      y[2 * i + 1] = i == counts.length ? 0 : 100.0 * counts[i] / all;
    }
    // Symmetrical and round, or marks would stand at the edges of bins.
    double end = isOfWholeNumbers() ? 0.5 - start : roundUp(-start);
    chart.getStyler().setXAxisMin(-end).setXAxisMax(end);
    Color line = ChartStyle.COLOURS.get(colour);
    XYSeries series = chart.addSeries(xTitle, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
    series.setMarker(new None());
    series.setLineColor(line).setLineStyle(new BasicStroke(1f));
    series.setFillColor(new Color(line.getRed(), line.getGreen(), line.getBlue(), 110));
    return chart;
  }

  private boolean isOfWholeNumbers() {
    return width == 1 && start - Math.floor(start) == 0.5;
  }

  /** To two digits: 0.043 for 0.0421. */
  private static double roundUp(double value) {
    return new BigDecimal(value).round(new MathContext(2, RoundingMode.UP)).doubleValue();
  }
}
