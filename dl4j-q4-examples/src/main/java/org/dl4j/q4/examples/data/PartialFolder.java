package org.dl4j.q4.examples.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder under a temporary name until it is complete. Closing it before it was moved deletes it.
 */
final class PartialFolder implements AutoCloseable {
  private final Path path;
  private boolean moved;

  private PartialFolder(Path path) {
    this.path = path;
  }

  /** Made in the target's own parent: a folder can be moved as one only within a file system. */
  static PartialFolder beside(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    String name = "." + target.getFileName() + ".partial-" + UUID.randomUUID();
    return new PartialFolder(Files.createDirectory(target.resolveSibling(name)));
  }

  Path path() {
    return path;
  }

  void moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    moved = true;
  }

  @Override
  public void close() throws IOException {
    if (moved) {
      return;
    }
    List<Path> found;
    try (Stream<Path> walk = Files.walk(path)) {
      found = walk.collect(Collectors.toCollection(ArrayList::new));
    }
    Collections.reverse(found);
    for (Path one : found) {
      Files.delete(one);
    }
  }
}
