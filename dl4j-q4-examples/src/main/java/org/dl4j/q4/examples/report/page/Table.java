package org.dl4j.q4.examples.report.page;

import java.util.ArrayList;
import java.util.List;

/** Titles and rows of text; the first columns are names and stand to the left. */
public final class Table {

  private final int names;
  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param names how many columns hold names; the others hold figures
   * @param titles of the columns
   */
  public Table(int names, List<String> titles) {
    this.names = names;
    this.titles = List.copyOf(titles);
  }

  /**
   * @param cells a row, one for each column
   * @return this
   */
  public Table row(List<String> cells) {
    if (cells.size() != titles.size()) {
      throw new IllegalArgumentException(
          "Expected " + titles.size() + " cells, for " + titles + "; got " + cells);
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /**
   * @return whether it has no rows
   */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  List<String> titles() {
    return titles;
  }

  List<List<String>> rows() {
    return rows;
  }

  boolean isName(int column) {
    return column < names;
  }
}
