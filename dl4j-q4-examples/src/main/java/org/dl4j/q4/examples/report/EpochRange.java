package org.dl4j.q4.examples.report;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Epochs from one to another, both counted in, the first epoch of a run being 1. */
final class EpochRange {

  private static final Pattern FORMAT = Pattern.compile("([1-9][0-9]{0,5})-([1-9][0-9]{0,5})");

  final int from;
  final int to;

  private EpochRange(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /** Reads one from the command line. */
  static final class Converter implements ITypeConverter<EpochRange> {

    @Override
    public EpochRange convert(String text) {
      Matcher matcher = FORMAT.matcher(text);
      if (matcher.matches()) {
        EpochRange range =
            new EpochRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (range.from <= range.to) {
          return range;
        }
      }
      throw new TypeConversionException(
          "expected FROM-TO, such as 4-6, counted from 1, but was '" + text + "'");
    }
  }

  /**
   * @param epochs how many there are
   * @param count how many of the last ones, at most {@code epochs}
   * @return those
   */
  static EpochRange last(int epochs, int count) {
    return new EpochRange(epochs - count + 1, epochs);
  }

  /**
   * @param values one an epoch, {@link #to} of them at least
   * @return their mean over these epochs
   */
  double mean(double[] values) {
    return Arrays.stream(values, from - 1, to).average().getAsDouble();
  }

  @Override
  public String toString() {
    return from == to ? "epoch " + from : "epochs " + from + "–" + to;
  }
}
