package org.dl4j.q4.examples.data.cache;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageDataException;

/**
 * A {@code .tar.gz} archive in the published layout: the binary files of a format and its lists of
 * class names, in the archive's folder or at its top. No other entry is unpacked, and each file
 * gets its own name alone, so that no entry can place one outside the folder.
 */
final class CifarTar {
  private static final int BUFFER = 1 << 16;

  private final Path archive;
  private final CifarFormat format;

  CifarTar(Path archive, CifarFormat format) {
    this.archive = archive;
    this.format = format;
  }

  /**
   * Unpacks into a folder without subfolders.
   *
   * @throws ImageDataException if the archive is damaged, or lacks one of the binary files or has
   *     it twice
   */
  void unpack(Path folder) throws IOException {
    Set<String> missing = new TreeSet<>(format.trainFileNames());
    missing.add(format.testFileName());
    try (InputStream file = Files.newInputStream(archive)) {
      TarArchiveInputStream tar = open(file);
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        String name = fileName(entry);
        if (name != null) {
          copy(tar, name, folder);
          missing.remove(name);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new ImageDataException(
          String.format(
              "%s: expected the files of the %s binary format, in %s/, found none of the name %s",
              archive, format.dataSet(), format.folderName(), String.join(", ", missing)));
    }
  }

  /** The name of a file to unpack; null for what is to be passed over. */
  private String fileName(TarArchiveEntry entry) {
    // A link is a file to commons-compress: what has a name without a slash at its end.
    if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink()) {
      return null;
    }
    String name = entry.getName();
    for (String prefix : new String[] {"./", format.folderName() + "/"}) {
      name = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
    return expectedNames().contains(name) ? name : null;
  }

  private Set<String> expectedNames() {
    Set<String> names = new HashSet<>(format.trainFileNames());
    names.add(format.testFileName());
    format.labelFormats().forEach(labels -> names.add(labels.classNamesFile()));
    return names;
  }

  private void copy(TarArchiveInputStream tar, String name, Path folder) throws IOException {
    Path target = folder.resolve(name);
    if (Files.exists(target)) {
      throw new ImageDataException(archive + ": expected one file " + name + ", found two");
    }
    try (OutputStream output = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = read(tar, buffer); read >= 0; read = read(tar, buffer)) {
        output.write(buffer, 0, read);
      }
    }
  }

  // What fails below is the archive; what fails above, the file system.

  private TarArchiveInputStream open(InputStream file) {
    try {
      return new TarArchiveInputStream(
          new GzipCompressorInputStream(new BufferedInputStream(file, BUFFER)));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) {
    try {
      return tar.getNextTarEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private int read(TarArchiveInputStream tar, byte[] buffer) {
    try {
      return tar.read(buffer);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private ImageDataException damaged(Exception cause) {
    return new ImageDataException(
        archive + ": expected an undamaged .tar.gz archive, found: " + cause.getMessage(), cause);
  }
}
