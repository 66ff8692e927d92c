package org.dl4j.q4.benchmarks.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dl4j.q4.benchmarks.MarkdownTable;

/** A table of the report, and what in it is beyond its bound. */
final class Section {

  private final List<String> lines = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  /**
   * @param title what the numbers are
   * @param columns titles
   */
  Section(String title, List<String> columns) {
    lines.add("### " + title);
    lines.add("");
    lines.add(MarkdownTable.header(columns));
  }

  void row(List<String> cells) {
    lines.add(MarkdownTable.row(cells));
  }

  /**
   * Writes a number, and keeps it in mind if it is too large.
   *
   * @param value the number
   * @param bound the largest that is right
   * @param what the number is
   * @return the number as text
   */
  String bounded(double value, double bound, String what) {
    String text = text(value);
    if (Errors.exceeds(value, bound)) {
      violation(what + " is " + text + ", where at most " + text(bound) + " is right");
      return "**" + text + "**";
    }
    return text;
  }

  void violation(String text) {
    violations.add(text);
  }

  static String text(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  List<String> violations() {
    return List.copyOf(violations);
  }
}
