package org.dl4j.q4.examples.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The folder that a run writes to. Every file is written beside its name and moved onto it, so that
 * a reader, or a run cut off, finds the old file or the new one, never a part.
 */
final class RunFolder {

  private final Path folder;
  private final List<String> rows = new ArrayList<>(List.of(EpochMetrics.HEADER));

  /**
   * @param folder the folder; made if there is none
   * @throws IOException if it cannot be made, or holds an earlier run
   */
  RunFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    if (Files.exists(metrics())) {
      throw new IOException(
          folder.toAbsolutePath()
              + " holds the metrics.csv of an earlier run, which would be lost: give --out another"
              + " folder, or move or delete this one");
    }
  }

  private Path metrics() {
    return folder.resolve("metrics.csv");
  }

  /**
   * Adds a row to {@code metrics.csv}.
   *
   * @param metrics the row
   * @throws IOException if it cannot be written
   */
  void add(EpochMetrics metrics) throws IOException {
    rows.add(metrics.toCsv());
    Path part = folder.resolve("metrics.csv.part");
    Files.write(part, rows);
    move(part, metrics());
  }

  /**
   * Saves a network with its updater state.
   *
   * @param network the network
   * @param name name of the file
   * @throws IOException if it cannot be written
   */
  void save(MultiLayerNetwork network, String name) throws IOException {
    Path part = folder.resolve(name + ".part");
    ModelSerializer.writeModel(network, part.toFile(), true);
    move(part, folder.resolve(name));
  }

  /**
   * Copies one file of the folder onto another.
   *
   * @param from name of the file to copy
   * @param to name of the copy
   * @throws IOException if it cannot be written
   */
  void copy(String from, String to) throws IOException {
    Path part = folder.resolve(to + ".part");
    Files.copy(folder.resolve(from), part, StandardCopyOption.REPLACE_EXISTING);
    move(part, folder.resolve(to));
  }

  private static void move(Path part, Path target) throws IOException {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
