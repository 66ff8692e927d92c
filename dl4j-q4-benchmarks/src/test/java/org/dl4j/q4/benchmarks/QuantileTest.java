package org.dl4j.q4.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuantileTest {

  private static final double EXACT = 1e-12;

  @Test
  void liesOnTheLineBetweenTwoValues() {
    double[] sorted = {1, 2, 3, 5};
    assertEquals(1, Quantile.of(sorted, 0), EXACT);
    assertEquals(2.5, Quantile.of(sorted, 0.5), EXACT); // halfway from 2 to 3
    assertEquals(4.4, Quantile.of(sorted, 0.9), EXACT); // at 2.7: 3 + 0.7 · 2
    assertEquals(5, Quantile.of(sorted, 1), EXACT);
  }
}
