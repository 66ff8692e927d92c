package org.dl4j.q4.examples.report;

import java.util.Arrays;
import java.util.Locale;

/** The columns of {@code metrics.csv} that a report can be of. */
enum Column {
  /** Accuracy on the images that training does not see, in percent. */
  TEST_ACC("test accuracy, %", 2, true),
  /** Accuracy of the training passes, in percent. */
  TRAIN_ACC("training accuracy, %", 2, true),
  /** Cross-entropy on the images that training does not see. */
  TEST_LOSS("test loss", 4, false),
  /** Cross-entropy of the training passes. */
  TRAIN_LOSS("training loss", 4, false);

  private final String title;
  private final int digits;
  private final boolean higherIsBetter;

  Column(String title, int digits, boolean higherIsBetter) {
    this.title = title;
    this.digits = digits;
    this.higherIsBetter = higherIsBetter;
  }

  /**
   * @return what it is, with its unit
   */
  String title() {
    return title;
  }

  /**
   * @return its name in the file
   */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param values one an epoch
   * @return the best of them
   */
  double best(double[] values) {
    return (higherIsBetter ? Arrays.stream(values).max() : Arrays.stream(values).min())
        .getAsDouble();
  }

  /**
   * @param value a value or a difference of values
   * @return it with the digits that make sense
   */
  String format(double value) {
    return Markdown.number(value, digits);
  }

  /**
   * @param difference a difference of values
   * @return it with its sign
   */
  String formatDifference(double difference) {
    return (difference >= 0 ? "+" : "") + format(difference);
  }
}
