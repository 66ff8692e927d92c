package org.dl4j.q4.examples.train;

import java.util.IntSummaryStatistics;
import java.util.Locale;
import org.dl4j.q4.examples.evaluate.Score;

/** What one epoch gave: a row of {@code metrics.csv}. Accuracies are percentages. */
final class EpochMetrics {

  /** The columns, as their names stand in the file. */
  static final String HEADER =
      "epoch,lr,train_loss,train_acc,test_loss,test_acc,"
          + "levels_min,levels_max,levels_avg,seconds";

  /** Which of them is {@code test_acc}. */
  static final int TEST_ACCURACY_COLUMN = 5;

  final int epoch;
  final double learningRate;
  final Score train;
  final Score test;

  /** Levels used, over the layers; of no layer at full precision. */
  final IntSummaryStatistics levels;

  /** Of the training passes, without evaluation and saving. */
  final double seconds;

  EpochMetrics(
      int epoch,
      double learningRate,
      Score train,
      Score test,
      IntSummaryStatistics levels,
      double seconds) {
    this.epoch = epoch;
    this.learningRate = learningRate;
    this.train = train;
    this.test = test;
    this.levels = levels;
    this.seconds = seconds;
  }

  /**
   * @return the row; the levels are empty at full precision
   */
  String toCsv() {
    String levelColumns =
        levels.getCount() == 0
            ? ",,"
            : String.format(
                Locale.ROOT, "%d,%d,%.2f", levels.getMin(), levels.getMax(), levels.getAverage());
    return String.format(
        Locale.ROOT,
        "%d,%.8f,%.6f,%.3f,%.6f,%.3f,%s,%.1f",
        epoch,
        learningRate,
        train.loss(),
        train.accuracy(),
        test.loss(),
        test.accuracy(),
        levelColumns,
        seconds);
  }

  /**
   * The epoch as a line of text.
   *
   * @param testName what the images are that {@link #test} is of: test or validation
   * @return the line
   */
  String toText(String testName) {
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d  lr %.6f  train loss %.4f acc %.2f %%  %s loss %.4f acc %.2f %%",
            epoch,
            learningRate,
            train.loss(),
            train.accuracy(),
            testName,
            test.loss(),
            test.accuracy());
    if (levels.getCount() > 0) {
      text +=
          String.format(
              Locale.ROOT,
              "  levels min %d max %d avg %.2f",
              levels.getMin(),
              levels.getMax(),
              levels.getAverage());
    }
    return text + String.format(Locale.ROOT, "  %.0f s", seconds);
  }
}
