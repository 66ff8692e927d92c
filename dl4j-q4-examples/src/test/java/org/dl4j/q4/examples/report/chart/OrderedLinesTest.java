package org.dl4j.q4.examples.report.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class OrderedLinesTest {

  @Test
  void leavesOutWhatIsNotKnown() {
    OrderedLines lines = new OrderedLines();
    double[] x = {0, 200, 400};
    lines.add("nothing", x, new double[] {Double.NaN, Double.NaN, Double.POSITIVE_INFINITY});
    assertTrue(lines.isEmpty());
    lines.add("some", x, new double[] {Double.NaN, 3, 4});
    assertFalse(lines.isEmpty());

    XYChart chart = lines.chart("title", "iteration", "weights, %");

    assertEquals(Set.of("some"), chart.getSeriesMap().keySet());
    XYSeries some = chart.getSeriesMap().get("some");
    assertArrayEquals(new double[] {200, 400}, some.getXData());
    assertArrayEquals(new double[] {3, 4}, some.getYData());
    assertEquals("weights, %", chart.getYAxisTitle());
  }

  /** Each lighter than the one before, which does not depend on seeing colours. */
  @Test
  void coloursRiseInLightness() {
    double[] lightness =
        IntStream.range(0, 20)
            .mapToObj(i -> ChartStyle.ofOrder(i, 20))
            .mapToDouble(OrderedLinesTest::lightness)
            .toArray();

    double[] sorted = lightness.clone();
    Arrays.sort(sorted);
    assertArrayEquals(sorted, lightness);
    assertEquals(new Color(0x440154), ChartStyle.ofOrder(0, 1));
    assertEquals(
        20,
        IntStream.range(0, 20)
            .mapToObj(i -> ChartStyle.ofOrder(i, 20))
            .collect(Collectors.toSet())
            .size());
  }

  private static double lightness(Color colour) {
    return 0.2126 * colour.getRed() + 0.7152 * colour.getGreen() + 0.0722 * colour.getBlue();
  }
}
