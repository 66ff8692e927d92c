package org.dl4j.q4.examples.report.stats;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of a CSV file of {@code Q4StatsListener}'s reports, by layer. Where a run was killed and
 * went on from a checkpoint, iterations come again: the later rows hold.
 */
final class StatsFile {

  private static final String NETWORK = "network";
  private static final String ITERATION = "iteration";
  private static final String LAYER = "layer";
  private static final String PARAMETER = "parameter";

  /** The parameter that needs no mention. */
  private static final String WEIGHTS = "W";

  private final Path file;
  private final Map<String, SortedMap<Integer, CSVRecord>> rows = new LinkedHashMap<>();
  private boolean severalNetworks;

  private StatsFile(Path file) {
    this.file = file;
  }

  /**
   * @param file as {@code CsvRoute} writes it; what a kill left of its last row is left out
   * @return its rows of the first network
   * @throws IOException if it cannot be read or is no such file, saying where
   */
  static StatsFile read(Path file) throws IOException {
    StatsFile result = new StatsFile(file);
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).build();
    try (CSVParser parser = CSVParser.parse(new StringReader(whole), format)) {
      for (String column : List.of(NETWORK, ITERATION, LAYER, PARAMETER)) {
        result.require(parser, column);
      }
      for (StatsColumn column : StatsColumn.values()) {
        result.require(parser, column.key());
      }
      result.require(parser, Warning.COLUMN);
      for (CSVRecord row : parser) {
        result.add(row, parser.getHeaderNames().size());
      }
    } catch (IllegalArgumentException | UncheckedIOException e) { // a column twice, a lone quote
      throw new IOException(file + ": expected a CSV file of statistics: " + e.getMessage(), e);
    }
    return result;
  }

  private void require(CSVParser parser, String column) throws IOException {
    if (!parser.getHeaderMap().containsKey(column)) {
      throw new IOException(
          file
              + ", line 1: expected a column "
              + column
              + ", found "
              + String.join(",", parser.getHeaderNames()));
    }
  }

  private void add(CSVRecord row, int columns) throws IOException {
    if (row.size() != columns) {
      throw new IOException(
          at(row) + "expected " + columns + " values, found " + row.size() + ": " + row.get(0));
    }
    if (integer(row, NETWORK) != 0) {
      severalNetworks = true;
      return;
    }
    int iteration = integer(row, ITERATION);
    SortedMap<Integer, CSVRecord> history =
        rows.computeIfAbsent(name(row), name -> new TreeMap<>());
    history.tailMap(iteration).clear();
    history.put(iteration, row);
    for (StatsColumn column : StatsColumn.values()) {
      number(row, column.key());
    }
  }

  private static String name(CSVRecord row) {
    String parameter = row.get(PARAMETER);
    return row.get(LAYER) + (parameter.equals(WEIGHTS) ? "" : " " + parameter);
  }

  /** A name has no line's end in it, so that rows are lines. */
  private String at(CSVRecord row) {
    return file + ", line " + (row.getRecordNumber() + 1) + ": ";
  }

  private int integer(CSVRecord row, String column) throws IOException {
    try {
      return Integer.parseInt(row.get(column));
    } catch (NumberFormatException e) {
      throw new IOException(
          at(row) + "expected an integer as " + column + ", found '" + row.get(column) + "'", e);
    }
  }

  private double number(CSVRecord row, String column) throws IOException {
    String cell = row.get(column);
    try {
      return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw new IOException(
          at(row) + "expected a number as " + column + ", found '" + cell + "'", e);
    }
  }

  /**
   * @return whether rows of other networks than the first were left out
   */
  boolean hasSeveralNetworks() {
    return severalNetworks;
  }

  /**
   * @return the layers' names, with the parameter's where it is not {@code W}
   */
  List<String> layers() {
    return List.copyOf(rows.keySet());
  }

  /**
   * @param layer one of {@link #layers}
   * @return the iterations that it has rows of
   */
  double[] iterations(String layer) {
    return rows.get(layer).keySet().stream().mapToDouble(Integer::doubleValue).toArray();
  }

  /**
   * @param layer one of {@link #layers}
   * @param column which figure
   * @return its values, one for each of {@link #iterations}; NaN where it is not known
   */
  double[] values(String layer, StatsColumn column) throws IOException {
    double[] values = new double[rows.get(layer).size()];
    int i = 0;
    for (CSVRecord row : rows.get(layer).values()) {
      values[i++] = column.factor() * number(row, column.key());
    }
    return values;
  }

  /**
   * @return the warnings of all layers, layer by layer
   */
  List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    rows.forEach(
        (layer, history) -> {
          Map<String, List<Integer>> byKind = new TreeMap<>();
          history.forEach(
              (iteration, row) -> {
                for (String kind : row.get(Warning.COLUMN).split(" ", -1)) {
                  if (!kind.isEmpty()) {
                    byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(iteration);
                  }
                }
              });
          byKind.forEach(
              (kind, iterations) ->
                  warnings.add(new Warning(layer, kind, iterations, history.size())));
        });
    return Collections.unmodifiableList(warnings);
  }
}
