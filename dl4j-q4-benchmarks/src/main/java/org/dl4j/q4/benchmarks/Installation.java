package org.dl4j.q4.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the build has put things: this program's classes, and beside them a directory of jars for
 * each class path, {@code contenders/NAME}.
 */
final class Installation {

  private final Path benchmarks;

  /**
   * @param benchmarks jar or directory of this program's classes
   */
  Installation(Path benchmarks) {
    this.benchmarks = benchmarks;
  }

  /**
   * @return the one that this class was loaded from
   */
  static Installation ofThisProgram() {
    try {
      return new Installation(
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("This program's classes are not in a file", e);
    }
  }

  /**
   * @return jar or directory of this program's classes
   */
  Path benchmarks() {
    return benchmarks;
  }

  /**
   * @param name name of a contender's class path
   * @return its directory of jars
   * @throws ContenderFailedException if it is missing
   */
  Path classPath(String name) {
    Path directory = benchmarks.resolveSibling("contenders").resolve(name);
    if (!Files.isDirectory(directory)) {
      throw new ContenderFailedException(
          "The contender's jars are missing in "
              + directory
              + "; build them with mvn -Pbenchmarks package");
    }
    return directory;
  }
}
