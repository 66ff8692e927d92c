package org.dl4j.q4.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RatioTest {

  private static final double EXACT = 1e-12;

  @Test
  void ratiosAreTakenRoundByRound() {
    // Rounds: 1/2, 9/3, 4/4. The median of the ratios, 1, is not the ratio of the medians, 4/3.
    Ratio ratio = Ratio.of(new double[] {1, 9, 4}, new double[] {2, 3, 4});
    assertEquals(1, ratio.median(), EXACT);
    assertEquals(4, ratio.ours(), EXACT);
    assertEquals(3, ratio.theirs(), EXACT);
  }

  @Test
  void quantilesLieOnTheLineBetweenTwoValues() {
    // Sorted 1, 2, 3, 4: the median is halfway from 2 to 3; p10 stands at 0.1 · 3 = 0.3 of the way
    // from 1 to 2, p90 at 2.7, which is 0.7 of the way from 3 to 4.
    Ratio ratio = Ratio.of(new double[] {4, 2, 1, 3}, new double[] {1, 1, 1, 1});
    assertEquals(2.5, ratio.median(), EXACT);
    assertEquals(1.3, ratio.p10(), EXACT);
    assertEquals(3.7, ratio.p90(), EXACT);
  }

  @Test
  void ofOneRoundAllQuantilesAreTheSame() {
    Ratio ratio = Ratio.of(new double[] {3}, new double[] {4});
    assertEquals(0.75, ratio.p10(), EXACT);
    assertEquals(0.75, ratio.median(), EXACT);
    assertEquals(0.75, ratio.p90(), EXACT);
  }

  @Test
  void theLineHasThemInOrder() {
    Ratio ratio = Ratio.of(new double[] {100, 200, 300}, new double[] {400, 400, 400});
    // Ratios 0.25, 0.5, 0.75: p10 = 0.25 + 0.2 · 0.25, p90 = 0.5 + 0.8 · 0.25.
    assertEquals("RATIO some-name 0.5000 0.3000 0.7000 200.0 400.0", ratio.line("some-name"));
  }

  @Test
  void roundsWithoutACostOnBothSidesAreRefused() {
    double[] one = {1};
    assertThrows(IllegalArgumentException.class, () -> Ratio.of(new double[0], new double[0]));
    assertThrows(IllegalArgumentException.class, () -> Ratio.of(new double[] {1, 2}, one));
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> Ratio.of(one, new double[] {bad}));
      assertThrows(IllegalArgumentException.class, () -> Ratio.of(new double[] {bad}, one));
    }
  }
}
