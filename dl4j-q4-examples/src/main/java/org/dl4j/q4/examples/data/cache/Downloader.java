package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import org.dl4j.q4.examples.data.ImageDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads an archive to a file: through the proxy that the JVM is told of, resuming what an
 * earlier download left, and checked before the file gets its name.
 */
final class Downloader {
  private static final Logger LOG = LoggerFactory.getLogger(Downloader.class);

  /** Connections in a row that may break without a byte more. */
  private static final int ATTEMPTS = 3;

  private final HttpClient client;
  private final Duration stall;
  private final Duration pause;

  Downloader() {
    this(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(2));
  }

  /**
   * @param connect longest time to connect
   * @param stall longest time to wait for an answer, and for a byte of it
   * @param pause before a lost connection is made again
   */
  Downloader(Duration connect, Duration stall, Duration pause) {
    client =
        HttpClient.newBuilder()
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .build();
    this.stall = stall;
    this.pause = pause;
  }

  /**
   * @param target gets the complete and checked archive; its folder exists
   * @throws DownloadException if the server cannot be reached, does not have the archive, or breaks
   *     off again and again
   * @throws ImageDataException if the server has another file of this name; none of it is kept
   */
  void download(PublishedArchive archive, Path target, DownloadListener listener)
      throws IOException {
    PartFile part = new PartFile(target);
    fetch(archive, part, target, listener);
    try {
      archive.check(part.path());
    } catch (ImageDataException e) {
      part.delete();
      throw new ImageDataException(e.getMessage() + "; the download is deleted", e);
    }
    part.complete();
  }

  private void fetch(
      PublishedArchive archive, PartFile part, Path target, DownloadListener listener)
      throws IOException {
    HttpTransfer transfer = new HttpTransfer(client, stall, archive, part, listener);
    long begin = part.size();
    int failures = 0;
    boolean complete = false;
    while (!complete) {
      long before = part.size();
      try {
        complete = transfer.run();
      } catch (TransferException e) {
        long there = part.size();
        failures = there > before ? 1 : failures + 1;
        // Whoever has got nothing at all is told at once: it will not be better in a minute.
        if (!e.passing || there == begin || failures >= ATTEMPTS) {
          throw failure(archive, target, there, e);
        }
        LOG.info("{}: {}; going on from byte {}", archive.fileName(), e.getMessage(), there);
        pause();
      }
    }
  }

  private static DownloadException failure(
      PublishedArchive archive, Path target, long there, TransferException cause) {
    return new DownloadException(
        String.format(
            "%s cannot be downloaded: %s%s. Try again, or put the file by hand at %s",
            archive.uri,
            cause.getMessage(),
            there > 0 ? String.format(" (%d of %d bytes are kept)", there, archive.bytes) : "",
            target),
        cause);
  }

  private void pause() throws InterruptedIOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted between two connections of a download");
    }
  }
}
