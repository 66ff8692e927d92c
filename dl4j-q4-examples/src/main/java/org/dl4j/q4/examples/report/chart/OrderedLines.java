package org.dl4j.q4.examples.report.chart;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Lines of things that have an order, such as a network's layers: the first is dark, the last
 * light. Points without a finite value are left out.
 */
public final class OrderedLines {

  private static final BasicStroke STROKE = new BasicStroke(1.8f);

  private final Map<String, List<double[]>> lines = new LinkedHashMap<>();

  /**
   * @param name of the next line
   * @param x where its points are
   * @param y as many values
   */
  public void add(String name, double[] x, double[] y) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(y[i])) {
        points.add(new double[] {x[i], y[i]});
      }
    }
    lines.put(name, points);
  }

  /**
   * @return whether there is no point to draw
   */
  public boolean isEmpty() {
    return lines.values().stream().allMatch(List::isEmpty);
  }

  /**
   * @param title above the chart
   * @param xTitle below the axis, with the unit
   * @param yTitle beside the axis, with the unit
   * @return the chart, its legend to the right
   */
  public XYChart chart(String title, String xTitle, String yTitle) {
    XYChart chart = ChartStyle.chart(title, xTitle, yTitle, 900, 420);
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideE)
        .setLegendLayout(LegendLayout.Vertical);
    int index = 0;
    for (Map.Entry<String, List<double[]>> line : lines.entrySet()) {
      List<double[]> points = line.getValue();
      if (!points.isEmpty()) {
        double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
        double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
        ChartStyle.style(
            chart.addSeries(line.getKey(), x, y), ChartStyle.ofOrder(index, lines.size()), STROKE);
      }
      index++;
    }
    return chart;
  }
}
