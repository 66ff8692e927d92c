package org.dl4j.q4.examples.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4j.q4.io.AtomicFile;

/** {@code metrics.csv}: a row for each epoch done, the first epoch's first. */
final class MetricsFile {

  private final Path file;
  private final List<String> rows = new ArrayList<>();

  /**
   * @param file read if it is there, written by {@link #add}
   * @throws IOException if it cannot be read, or is another program's
   */
  MetricsFile(Path file) throws IOException {
    this.file = file;
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(EpochMetrics.HEADER)) {
      throw new IOException(
          file
              + ": expected the columns "
              + EpochMetrics.HEADER
              + ", found "
              + (lines.isEmpty() ? "an empty file" : lines.get(0)));
    }
    rows.addAll(lines.subList(1, lines.size()));
  }

  /**
   * @return how many epochs it has
   */
  int epochs() {
    return rows.size();
  }

  /**
   * Forgets what came after an epoch; the file keeps it until the next {@link #add}.
   *
   * @param epochs how many epochs are done
   * @throws IOException if the file has fewer
   */
  void keepFirst(int epochs) throws IOException {
    if (rows.size() < epochs) {
      throw new IOException(
          file + ": expected a row for each of " + epochs + " epochs, found " + rows.size());
    }
    rows.subList(epochs, rows.size()).clear();
  }

  /**
   * Adds the next epoch's row and writes the file.
   *
   * @param metrics of the epoch
   * @throws IOException if it cannot be written
   */
  void add(EpochMetrics metrics) throws IOException {
    rows.add(metrics.toCsv());
    List<String> lines = new ArrayList<>(List.of(EpochMetrics.HEADER));
    lines.addAll(rows);
    AtomicFile.write(file, part -> Files.write(part, lines));
  }

  /**
   * @return the first epoch, from 1, of the highest test accuracy; 0 if there is none yet
   * @throws IOException if a row has no such figure
   */
  int bestEpoch() throws IOException {
    int best = 0;
    for (int epoch = 1; epoch <= rows.size(); epoch++) {
      if (best == 0 || testAccuracy(epoch) > testAccuracy(best)) {
        best = epoch;
      }
    }
    return best;
  }

  /**
   * The test accuracy of an epoch, as the file has it.
   *
   * @param epoch from 1
   * @return in percent
   * @throws IOException if the row has no such figure
   */
  double testAccuracy(int epoch) throws IOException {
    String row = rows.get(epoch - 1);
    try {
      return Double.parseDouble(row.split(",", -1)[EpochMetrics.TEST_ACCURACY_COLUMN]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(
          file + ": expected a row of figures for epoch " + epoch + ", found " + row, e);
    }
  }
}
