package org.dl4j.q4.stats;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reports as a CSV file in UTF-8: a header, then a row for each quantized parameter of each report.
 * An existing file with the same header is continued. A report's rows are written at once, and the
 * file is closed after each; what a kill leaves of a row is cut off when the file is continued.
 *
 * <p>A figure that is not known is an empty cell; histogram, dead levels and kinds of warnings are
 * lists with spaces between. Each figure is explained in docs/statistics.md.
 */
public final class CsvRoute implements StatsRoute {

  private final Path file;

  /**
   * @param file made with its folder if there is none
   * @throws IOException if it cannot be read or written
   * @throws IllegalArgumentException if it is there and no file of reports, or one with other
   *     columns
   */
  public CsvRoute(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file) && Files.size(file) > 0) {
      requireHeader();
      cutIncompleteRow();
    } else {
      Files.createDirectories(file.toAbsolutePath().getParent());
      append(CsvRow.header() + "\n");
    }
  }

  @Override
  public void put(QuantizationReport report) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (LayerStatistics layer : report.layers()) {
      rows.append(new CsvRow(report, layer).line()).append('\n');
    }
    append(rows.toString());
  }

  private void append(String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private void requireHeader() throws IOException {
    String expected = CsvRow.header();
    char[] start = new char[expected.length() + 1];
    int length;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      length = Math.max(0, reader.read(start));
    }
    String found = new String(start, 0, length);
    if (!found.equals(expected + "\n")) {
      throw new IllegalArgumentException(
          String.format(
              "%s is continued only if it begins with the header%n  %s%nfound%n  %s%nGive another"
                  + " file, or move this one away",
              file, expected, found.lines().findFirst().orElse("")));
    }
  }

  private void cutIncompleteRow() throws IOException {
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
      long end = content.length();
      while (byteAt(content, end - 1) != '\n') { // the header ends with one
        end--;
      }
      content.setLength(end);
    }
  }

  private static int byteAt(RandomAccessFile content, long position) throws IOException {
    content.seek(position);
    return content.read();
  }
}
