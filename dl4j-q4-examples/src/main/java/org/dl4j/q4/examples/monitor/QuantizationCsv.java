package org.dl4j.q4.examples.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4j.q4.io.AtomicFile;
import org.dl4j.q4.stats.CsvRoute;

/** A run's {@code quantization.csv}. */
public final class QuantizationCsv {

  /** Its name in a run's folder. */
  public static final String NAME = "quantization.csv";

  private static final String ITERATION = "iteration";

  private QuantizationCsv() {}

  /**
   * Goes on with a file, and forgets its rows of later iterations.
   *
   * @param file made if there is none
   * @param iterations how many updates the network has had
   * @return what writes it
   * @throws IOException if it cannot be read or written
   */
  static CsvRoute goOn(Path file, int iterations) throws IOException {
    CsvRoute route = new CsvRoute(file); // now it is one, and has whole rows alone
    List<String> rows = Files.readAllLines(file);
    // A quoted name, which may hold a comma, stands in a later column.
    int column = Arrays.asList(rows.get(0).split(",", -1)).indexOf(ITERATION);
    List<String> kept = new ArrayList<>(rows.subList(0, 1));
    for (String row : rows.subList(1, rows.size())) {
      if (Integer.parseInt(row.split(",", -1)[column]) <= iterations) {
        kept.add(row);
      }
    }
    if (kept.size() < rows.size()) {
      AtomicFile.write(file, part -> Files.write(part, kept));
    }
    return route;
  }
}
