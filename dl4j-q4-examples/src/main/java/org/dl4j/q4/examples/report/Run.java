package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dl4j.q4.examples.train.OptionsFile;

/** A run of {@code train}, by what stands in its folder. */
final class Run {

  /** The file of its figures. */
  static final String METRICS = "metrics.csv";

  final Path folder;

  /** The group that it was said to belong to; null if that is left to its options. */
  final String groupName;

  final Configuration configuration;
  final Metrics metrics;

  private Run(Path folder, String groupName) throws IOException {
    this.folder = folder;
    this.groupName = groupName;
    this.configuration = Configuration.read(require(OptionsFile.NAME));
    this.metrics = Metrics.read(require(METRICS));
  }

  /**
   * @param argument {@code FOLDER} or {@code NAME=FOLDER}
   * @return the run in that folder
   * @throws IOException if there is none, or its files are not as {@code train} writes them
   */
  static Run of(String argument) throws IOException {
    int equals = argument.indexOf('=');
    if (equals < 1 || Files.exists(Path.of(argument))) {
      return new Run(Path.of(argument), null);
    }
    return new Run(Path.of(argument.substring(equals + 1)), argument.substring(0, equals));
  }

  /**
   * @param folder of a run, whatever its name
   * @return the run
   * @throws IOException if there is none, or its files are not as {@code train} writes them
   */
  static Run in(Path folder) throws IOException {
    return new Run(folder, null);
  }

  /**
   * @return the name of its folder
   */
  String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  private Path require(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          folder
              + ": expected the folder of a run, with options.txt and metrics.csv; found "
              + (Files.isDirectory(folder) ? "no " + name : "no folder"));
    }
    return file;
  }

  /**
   * @return its seed
   */
  long seed() {
    return configuration.seed();
  }
}
