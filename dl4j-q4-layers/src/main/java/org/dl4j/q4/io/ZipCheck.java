package org.dl4j.q4.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Tells a damaged zip file from a whole one. DL4J's serializer reads one through {@code ZipFile},
 * which compares no checksums: a flipped bit would become a weight.
 */
final class ZipCheck {

  private ZipCheck() {}

  /**
   * @param file a zip file
   * @throws IOException if it is cut off, an entry's checksum is wrong, or it has no entry
   */
  static void requireWhole(Path file) throws IOException {
    int entries = 0;
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        zip.transferTo(OutputStream.nullOutputStream()); // compares the checksum at the end
        entries++;
      }
    }
    if (entries == 0) {
      throw new ZipException(file + " is no zip file");
    }
  }
}
