package org.dl4j.q4.benchmarks;

import java.util.Collections;
import java.util.List;

/** Lines of a table in Markdown: the first column holds names, the others numbers. */
public final class MarkdownTable {

  private MarkdownTable() {}

  /**
   * @param columns titles
   * @return the first two lines
   */
  public static String header(List<String> columns) {
    return row(columns)
        + System.lineSeparator()
        + "| --- |"
        + String.join("", Collections.nCopies(columns.size() - 1, " ---: |"));
  }

  /**
   * @param cells one for each column
   * @return a line
   */
  public static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
