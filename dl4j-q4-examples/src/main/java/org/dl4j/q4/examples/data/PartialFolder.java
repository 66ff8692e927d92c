package org.dl4j.q4.examples.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
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
 * A folder under a temporary name until it is complete. Closing it before it was moved deletes it;
 * what a killed process left is deleted by {@link #deleteLeftOvers}.
 */
public final class PartialFolder implements AutoCloseable {
  private final Path path;
  private boolean moved;

  private PartialFolder(Path path) {
    this.path = path;
  }

  /**
   * A new, empty folder in the target's own parent, which is made if there is none: a folder can be
   * moved as one only within a file system.
   */
  public static PartialFolder beside(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    String name = prefix(target) + UUID.randomUUID();
    return new PartialFolder(Files.createDirectory(target.resolveSibling(name)));
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".partial-";
  }

  /**
   * Deletes what was never moved to the target. The caller makes sure that nobody is at work on one
   * of them.
   */
  public static void deleteLeftOvers(Path target) throws IOException {
    if (!Files.isDirectory(target.getParent())) {
      return;
    }
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            target.getParent(), one -> one.getFileName().toString().startsWith(prefix(target)))) {
      for (Path one : found) {
        delete(one);
      }
    }
  }

  /** Where to write. */
  public Path path() {
    return path;
  }

  /**
   * Gives the complete folder its name.
   *
   * @throws java.nio.file.FileSystemException if that name is taken, unless by an empty folder
   */
  public void moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    moved = true;
  }

  /**
   * Gives the complete folder its name, and deletes the folder that had it. A process killed within
   * leaves the old one, the new one or none of this name, never a part.
   */
  public void replace(Path target) throws IOException {
    Path old = target.resolveSibling(prefix(target) + UUID.randomUUID());
    Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    moveTo(target);
    delete(old);
  }

  @Override
  public void close() throws IOException {
    if (!moved) {
      delete(path);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(folder)) {
      found = walk.collect(Collectors.toCollection(ArrayList::new));
    }
    Collections.reverse(found);
    for (Path one : found) {
      Files.delete(one);
    }
  }
}
