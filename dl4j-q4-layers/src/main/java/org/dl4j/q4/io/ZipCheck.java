package org.dl4j.q4.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Tells a damaged zip file from a whole one. DL4J's serializer reads entry after entry and takes
 * the end of what it understands for the end of the file: a file cut off between two entries would
 * be a network whose optimizer starts anew.
 */
final class ZipCheck {

  private ZipCheck() {}

  /**
   * @param file a zip file
   * @throws IOException if it is cut off, an entry's checksum is wrong, or the entries that can be
   *     read one after the other are not those of its directory
   */
  static void requireWhole(Path file) throws IOException {
    Set<String> listed = new TreeSet<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      zip.stream().map(ZipEntry::getName).forEach(listed::add);
    }
    Set<String> read = new TreeSet<>();
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        zip.transferTo(OutputStream.nullOutputStream()); // compares the checksum at the end
        read.add(entry.getName());
      }
    }
    if (listed.isEmpty() || !listed.equals(read)) {
      throw new ZipException(file + " should hold " + listed + ", but " + read + " can be read");
    }
  }
}
