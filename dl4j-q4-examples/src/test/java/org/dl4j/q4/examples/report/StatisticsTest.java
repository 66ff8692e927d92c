package org.dl4j.q4.examples.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class StatisticsTest {

  private static String two(double value) {
    return Markdown.number(value, 2);
  }

  /** Mean 7/3; squared distances 16/9, 1/9 and 25/9, whose sum over n − 1 = 2 is 7/3. */
  @Test
  void meanAndSampleDeviation() {
    Summary summary = Summary.of(new double[] {1, 2, 4});

    assertEquals(7.0 / 3, summary.mean, 1e-12);
    assertEquals(Math.sqrt(7.0 / 3), summary.deviation, 1e-12);
    assertEquals("2.33 ± 1.53", summary.format(StatisticsTest::two));
  }

  @Test
  void aSingleValueHasNoDeviation() {
    assertEquals("5.00", Summary.of(new double[] {5}).format(StatisticsTest::two));
  }

  /** From printed tables of Student's t: 4.3027 at 0.975 and 2 degrees of freedom, 12.706 at 1. */
  @Test
  void intervalOfPairs() {
    PairedDifference three =
        PairedDifference.of(new double[] {11, 22, 34}, new double[] {10, 20, 30});
    assertEquals(7.0 / 3, three.mean(), 1e-12);
    assertEquals(4.3027 * Math.sqrt(7.0 / 3) / Math.sqrt(3), three.halfWidth, 1e-4);
    assertEquals("2.33 [−1.46, 6.13]", three.format(StatisticsTest::two));

    PairedDifference two = PairedDifference.of(new double[] {1, 3}, new double[] {2, 2});
    assertEquals(0, two.mean(), 1e-12);
    assertEquals(12.706, two.halfWidth, 1e-3); // sd √2, over √2
  }

  @Test
  void aSinglePairHasNoInterval() {
    PairedDifference one = PairedDifference.of(new double[] {1}, new double[] {2.5});

    assertEquals("−1.50 (n = 1)", one.format(StatisticsTest::two));
  }

  @Test
  void partnersMustBeAsMany() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PairedDifference.of(new double[] {1, 2}, new double[] {1}));
  }

  /** √(0.9 · 0.1 / 900) = 0.01. */
  @Test
  void standardErrorOfAnAccuracy() {
    assertEquals(1.0, ResultsTable.standardError(90, 900), 1e-12);
  }

  @Test
  void meanOfEpochsCountsBothEnds() {
    EpochRange range = new EpochRange.Converter().convert("2-3");

    assertEquals(25, range.mean(new double[] {10, 20, 30, 40}), 1e-12);
    assertEquals(35, EpochRange.last(4, 2).mean(new double[] {10, 20, 30, 40}), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"0-3", "3-2", "3", "a-b", "1-2-3", "-1-2"})
  void refusesWhatIsNoRange(String text) {
    assertThrows(TypeConversionException.class, () -> new EpochRange.Converter().convert(text));
  }

  @Test
  void theBestIsTheHighestAccuracyAndTheLowestLoss() {
    double[] values = {2, 3, 1};

    assertArrayEquals(
        new double[] {3, 3, 1, 1},
        new double[] {
          Column.TEST_ACC.best(values),
          Column.TRAIN_ACC.best(values),
          Column.TEST_LOSS.best(values),
          Column.TRAIN_LOSS.best(values)
        });
  }

  @ParameterizedTest
  @CsvSource({"-0.004, 0.00", "-0.006, −0.01", "0.004, 0.00", "12.345678, 12.35"})
  void numbers(double value, String text) {
    assertEquals(text, two(value));
  }
}
