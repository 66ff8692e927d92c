package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What has come of a file: it lies beside the name that the complete file gets. */
final class PartFile {
  private final Path target;
  private final Path part;

  PartFile(Path target) {
    this.target = target;
    part = target.resolveSibling(target.getFileName() + ".part");
  }

  Path path() {
    return part;
  }

  /** The bytes that are there. */
  long size() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  void delete() throws IOException {
    Files.deleteIfExists(part);
  }

  /**
   * @param offset where to write on; what the file holds beyond is dropped
   */
  OutputStream open(long offset) throws IOException {
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.truncate(offset).position(offset);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return Channels.newOutputStream(channel);
  }

  /** Gives the complete file its name. */
  void complete() throws IOException {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
