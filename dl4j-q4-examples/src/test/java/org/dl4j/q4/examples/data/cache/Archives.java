package org.dl4j.q4.examples.data.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.SyntheticImages;

/** {@code .tar.gz} archives made for tests. */
public final class Archives {
  private Archives() {}

  /** Entries by name, in the map's order; a name that ends in / is a folder's. */
  static byte[] tarGz(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        TarArchiveEntry header = new TarArchiveEntry(entry.getKey(), true);
        header.setSize(entry.getValue().length);
        tar.putArchiveEntry(header);
        tar.write(entry.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The files of a folder in the published layout: in the folder that the format names. */
  static Map<String, byte[]> entries(Path folder, CifarFormat format) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.sorted().collect(Collectors.toList());
    }
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(format.folderName() + "/", new byte[0]);
    for (Path file : files) {
      entries.put(format.folderName() + "/" + file.getFileName(), Files.readAllBytes(file));
    }
    return entries;
  }

  /** Drawn images in the published layout. */
  public static byte[] synthetic(Path scratch, CifarFormat format, int train, int test, long seed)
      throws IOException {
    Path folder = SyntheticImages.cached(scratch, format, train, test, seed);
    return tarGz(entries(folder, format));
  }
}
