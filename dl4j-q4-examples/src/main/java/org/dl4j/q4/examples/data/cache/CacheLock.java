package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes one process at a time change what a cache folder holds of a data set. The operating system
 * releases the lock of a process that dies.
 */
final class CacheLock implements AutoCloseable {
  /** {@link CacheLock#take}, or what a test puts around it. */
  @FunctionalInterface
  interface Taker {
    CacheLock take(Path folder, String dataSet) throws IOException;
  }

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException if another process, or another thread of this one, has the lock
   */
  static CacheLock take(Path folder, String dataSet) throws IOException {
    Files.createDirectories(folder);
    // The file stays: whoever deleted it could delete the one that another process has just locked.
    Path file = folder.resolve("." + dataSet + ".lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // A thread of this process has it: not taken either.
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    if (!taken) {
      throw new IOException(
          folder + ": another run is at work on its " + dataSet + "; wait until it is done");
    }
    return new CacheLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
