package org.dl4j.q4.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder for what a process leaves, deleted at the end. */
final class Scratch implements AutoCloseable {

  private final Path path;

  /**
   * @param prefix of its name
   * @throws IOException if it cannot be made
   */
  Scratch(String prefix) throws IOException {
    this.path = Files.createTempDirectory(prefix);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    List<Path> contents;
    try (Stream<Path> files = Files.walk(path)) {
      contents = files.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }
    for (Path content : contents) {
      Files.delete(content);
    }
  }
}
