package org.dl4j.q4.examples.report.chart;

import java.util.List;
import org.knowm.xchart.XYChart;

/** One chart, or several of one size side by side, that are shown as one. Immutable. */
public final class Picture {

  private final String name;
  private final String description;
  private final List<XYChart> charts;
  private final int columns;

  /**
   * @param name of its file, without the ending
   * @param description what it shows, in words
   * @param chart the only one
   */
  public Picture(String name, String description, XYChart chart) {
    this(name, description, List.of(chart), 1);
  }

  /**
   * @param name of its file, without the ending
   * @param description what it shows, in words
   * @param charts at least one, of one size
   * @param columns how many of them stand side by side
   */
  public Picture(String name, String description, List<XYChart> charts, int columns) {
    this.name = name;
    this.description = description;
    this.charts = List.copyOf(charts);
    this.columns = Math.min(columns, charts.size());
  }

  /**
   * @return the name of its file, without the ending
   */
  public String name() {
    return name;
  }

  /**
   * @return what it shows, in words
   */
  public String description() {
    return description;
  }

  /**
   * @return its charts, row by row
   */
  public List<XYChart> charts() {
    return charts;
  }

  /**
   * @return how many of them stand side by side
   */
  public int columns() {
    return columns;
  }
}
