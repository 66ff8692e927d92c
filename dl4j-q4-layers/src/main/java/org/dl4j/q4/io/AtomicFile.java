package org.dl4j.q4.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that whoever reads it, whenever the writer is killed, finds the old contents or
 * the new, never a part: it is written beside its name with {@code .part} appended, forced to the
 * disk, and moved onto its name.
 */
public final class AtomicFile {

  private static final String PART = ".part";

  private AtomicFile() {}

  /** Writes the contents of a file. */
  @FunctionalInterface
  public interface Contents {

    /**
     * @param file where to write; may be there, and is then replaced
     * @throws IOException if it cannot be written
     */
    void writeTo(Path file) throws IOException;
  }

  /**
   * Writes a file, or replaces it.
   *
   * @param target the file; its folder is made if there is none
   * @param contents writes it
   * @throws IOException if it cannot be written; the target is as it was then
   */
  public static void write(Path target, Contents contents) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + PART);
    Files.createDirectories(target.toAbsolutePath().getParent());
    try {
      contents.writeTo(part);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }
}
