package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CodeHistoryTest {

  private final CodeHistory history = new CodeHistory();

  private CodeChanges next(double... weights) {
    return history.next(Figures.tensor(weights));
  }

  @Test
  void knowsNothingInTheFirstReport() {
    CodeChanges changes = next(7, 1, 2, 3);
    assertEquals(Double.NaN, changes.flipped());
    assertEquals(Double.NaN, changes.oscillating());
    assertEquals(Double.NaN, changes.scaleDrift());
    assertEquals(Double.NaN, changes.flipTrend());
  }

  @Test
  void countsFlipsAndThoseThatTurnBack() {
    next(7, 1, 2, 3, 0);

    CodeChanges second = next(7, 2, 1, 3, 0.4);
    assertEquals(2 / 5.0, second.flipped(), 1e-15); // up, down; 0.4 is code 0 still
    assertEquals(Double.NaN, second.oscillating());

    CodeChanges third = next(7, 3, 2, 4, 0);
    assertEquals(3 / 5.0, third.flipped(), 1e-15); // up again, up after down, up for the first time
    assertEquals(1 / 5.0, third.oscillating(), 1e-15);

    CodeChanges fourth = next(7, 3, 2, 4, 0);
    assertEquals(0, fourth.flipped(), 0);
    assertEquals(0, fourth.oscillating(), 0);

    CodeChanges fifth = next(7, 0, 3, 3, 0); // directions outlive the report without a flip
    assertEquals(3 / 5.0, fifth.flipped(), 1e-15);
    assertEquals(2 / 5.0, fifth.oscillating(), 1e-15);
  }

  @Test
  void scaleDriftIsRelative() {
    next(7, 1);
    assertEquals(0.5, next(10.5, 1).scaleDrift(), 1e-8);
    assertEquals(-1 / 3.0, next(7, 1).scaleDrift(), 1e-8);
  }

  /** Flip ratios 1/2 five times, then 1/4 five times: 0.5; a report later 4 · 1/4 + 0 over … */
  @Test
  void trendComparesFiveReportsWithFive() {
    double a = 0;
    double b = 0;
    next(7, a, b, 7);
    for (int i = 0; i < 5; i++) {
      a = 1 - a;
      b = 1 - b;
      assertEquals(Double.NaN, next(7, a, b, 7).flipTrend());
    }
    for (int i = 0; i < 4; i++) {
      a = 1 - a;
      assertEquals(Double.NaN, next(7, a, b, 7).flipTrend());
    }
    assertEquals(0.5, next(7, 1 - a, b, 7).flipTrend(), 1e-12);
    // Now four halves and a quarter are before, four quarters and nothing after.
    assertEquals(1 / 2.25, next(7, 1 - a, b, 7).flipTrend(), 1e-12);
  }

  @Test
  void trendOfNoFlipsIsUnknown() {
    CodeChanges changes = null;
    for (int i = 0; i < 11; i++) {
      changes = next(7, 1);
    }
    assertEquals(0, changes.flipped(), 0);
    assertTrue(Double.isNaN(changes.flipTrend()));
  }

  @Test
  void aTensorOfAnotherSizeBeginsAnew() {
    next(7, 1);
    next(7, 2);
    assertEquals(Double.NaN, next(7, 1, 2).flipped());
    assertEquals(1 / 3.0, next(7, 1, 3).flipped(), 1e-15);
  }
}
