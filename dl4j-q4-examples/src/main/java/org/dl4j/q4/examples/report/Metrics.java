package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The figures of a run: a table of an epoch a row with the columns' names above it, as {@code
 * train} writes it and as the paper's logs are.
 */
final class Metrics {

  private static final String EPOCH = "epoch";

  /** The columns that a run at full precision leaves empty. */
  private static final String LEVELS = "levels_";

  private final Path file;
  private final List<String> columns;
  private final double[][] rows;

  private Metrics(Path file, List<String> columns, double[][] rows) {
    this.file = file;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * @param file comma-separated, with an {@code epoch} column that counts from 1
   * @return its figures
   * @throws IOException if it cannot be read or is not such a table, saying where
   */
  static Metrics read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2) {
      throw new IOException(
          file + ": expected the columns' names and a row for each epoch, found no epoch");
    }
    List<String> columns = List.of(lines.get(0).split(",", -1));
    int epoch = columns.indexOf(EPOCH);
    if (epoch < 0) {
      throw new IOException(at(file, 1) + "expected a column " + EPOCH + ", found " + lines.get(0));
    }
    double[][] rows = new double[lines.size() - 1][];
    for (int i = 0; i < rows.length; i++) {
      String where = at(file, i + 2);
      rows[i] = row(lines.get(i + 1), columns, where);
      if (rows[i][epoch] != i + 1) {
        throw new IOException(where + "expected epoch " + (i + 1) + ", found " + lines.get(i + 1));
      }
    }
    return new Metrics(file, columns, rows);
  }

  private static String at(Path file, int line) {
    return file + ", line " + line + ": ";
  }

  private static double[] row(String line, List<String> columns, String where) throws IOException {
    String[] cells = line.split(",", -1);
    if (cells.length != columns.size()) {
      throw new IOException(
          where + "expected " + columns.size() + " values, found " + cells.length + ": " + line);
    }
    double[] row = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      if (cells[i].isEmpty() && columns.get(i).startsWith(LEVELS)) {
        row[i] = Double.NaN;
        continue;
      }
      try {
        row[i] = Double.parseDouble(cells[i]);
      } catch (NumberFormatException e) {
        throw new IOException(
            where + "expected a number as " + columns.get(i) + ", found '" + cells[i] + "'", e);
      }
    }
    return row;
  }

  /**
   * @return how many epochs there are, at least 1
   */
  int epochs() {
    return rows.length;
  }

  /**
   * @param name of a column
   * @return its values, one an epoch; NaN where levels are left empty
   * @throws IOException if there is no such column
   */
  double[] column(String name) throws IOException {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IOException(
          at(file, 1) + "expected a column " + name + ", found " + String.join(",", columns));
    }
    double[] values = new double[rows.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i][index];
    }
    return values;
  }

  /**
   * @param name of a column
   * @return its value after the last epoch
   * @throws IOException if there is no such column
   */
  double last(String name) throws IOException {
    return column(name)[rows.length - 1];
  }
}
