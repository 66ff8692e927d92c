package org.dl4j.q4.examples.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Circle;
import org.knowm.xchart.style.markers.None;

/** What charts look like. */
public final class ChartStyle {

  /** Okabe and Ito's colours for all kinds of sight, without their black. */
  public static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9));

  /** Viridis at equal distances, from dark to light: for things in an order, such as layers. */
  private static final int[] VIRIDIS = {
    0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C
  };

  private ChartStyle() {}

  /**
   * @param title above it; empty for none
   * @param xTitle below the axis, with the unit
   * @param yTitle beside the axis, with the unit
   * @param width in pixels
   * @param height in pixels
   * @return an empty chart with its legend below
   */
  public static XYChart chart(String title, String xTitle, String yTitle, int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
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
        .setPlotGridLinesStroke(new BasicStroke(0.5f)); // each dot of a dotted one would be a shape
    chart.setCustomXAxisTickLabelsFormatter(ChartStyle::wholeNumber);
    chart.setCustomYAxisTickLabelsFormatter(ChartStyle::decimal);
    return chart;
  }

  /** With a zero before the point, unlike XChart's own. */
  static String decimal(double value) {
    return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }

  /** Between epochs there is nothing: of a few, XChart would name the same one several times. */
  private static String wholeNumber(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : " ";
  }

  /**
   * @param series of a chart
   * @param colour of its line
   * @param stroke of its line
   * @return the series, a line without markers; a single point, which is no line, has one
   */
  public static XYSeries style(XYSeries series, Color colour, BasicStroke stroke) {
    series.setMarker(series.getXData().length == 1 ? new Circle() : new None());
    series.setMarkerColor(colour);
    series.setLineColor(colour).setLineStyle(stroke);
    return series;
  }

  /**
   * @param index of a thing among others in an order, from 0
   * @param count how many there are
   * @return its colour, between dark violet for the first and light green for the last
   */
  static Color ofOrder(int index, int count) {
    double place = count < 2 ? 0 : (double) index * (VIRIDIS.length - 1) / (count - 1);
    int below = (int) place;
    Color from = new Color(VIRIDIS[below]);
    Color to = new Color(VIRIDIS[Math.min(below + 1, VIRIDIS.length - 1)]);
    double part = place - below;
    return new Color(
        mix(from.getRed(), to.getRed(), part),
        mix(from.getGreen(), to.getGreen(), part),
        mix(from.getBlue(), to.getBlue(), part));
  }

  private static int mix(int from, int to, double part) {
    return (int) Math.round(from + part * (to - from));
  }
}
