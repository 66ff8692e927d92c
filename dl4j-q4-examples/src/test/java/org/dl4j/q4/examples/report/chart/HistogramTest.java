package org.dl4j.q4.examples.report.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class HistogramTest {

  private static XYSeries series(XYChart chart) {
    return chart.getSeriesMap().values().iterator().next();
  }

  /** From −2 to 2 in four bins: the edges belong to the bin above, the largest to the last. */
  @Test
  void countsInBinsThatReachAsFarAsTheLargest() {
    double[] values = {-2, -1.5, -1, -0.1, 0, 0.5, 1, 1.9, 0.2};

    assertArrayEquals(new long[] {2, 2, 3, 2}, Histogram.of(values, 4).counts());
    assertArrayEquals(new long[] {0, 1, 0, 1}, Histogram.of(new double[] {-1, 2}, 4).counts());
  }

  @Test
  void zerosAreOneBin() {
    assertArrayEquals(new long[] {3}, Histogram.of(new double[3], 60).counts());
  }

  /** Codes −1, 0, 1: bins of one around them, 1, 2 and 5 of 8. */
  @Test
  void drawsSharesOfCodes() {
    XYSeries series = series(Histogram.ofCodes(new long[] {1, 2, 5}).chart("T", "code", 0));

    assertArrayEquals(
        new double[] {-1.5, -1.5, -0.5, -0.5, 0.5, 0.5, 1.5, 1.5}, series.getXData(), 1e-12);
    assertArrayEquals(
        new double[] {0, 12.5, 12.5, 25, 25, 62.5, 62.5, 0}, series.getYData(), 1e-12);
  }

  @Test
  void drawsSharesOfWeightsInTheirOwnUnit() {
    XYSeries series =
        series(Histogram.of(new double[] {-0.5, 0.1, 0.2, 0.5}, 2).chart("T", "weight", 1));

    assertArrayEquals(new double[] {-0.5, -0.5, 0, 0, 0.5, 0.5}, series.getXData(), 1e-12);
    assertArrayEquals(new double[] {0, 25, 25, 75, 75, 0}, series.getYData(), 1e-12);
    assertEquals(ChartStyle.COLOURS.get(1), series.getLineColor());
  }
}
