package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Reads the body of an HTTP response that may stop to come without an end of the connection. Java's
 * HTTP client has a time limit for the head of a response, none for its body; but its streams may
 * be closed by another thread, and the read that waits then returns.
 */
final class StallGuard implements AutoCloseable {
  private final InputStream body;
  private final Duration limit;
  private final Timer timer = new Timer("download stall guard", true);
  private volatile long lastRead = System.nanoTime();
  private volatile boolean stalled;

  /**
   * @param limit longest time between two bytes
   */
  StallGuard(InputStream body, Duration limit) {
    this.body = body;
    this.limit = limit;
    long interval = Math.max(1, limit.toMillis() / 4);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            check();
          }
        },
        interval,
        interval);
  }

  private void check() {
    if (System.nanoTime() - lastRead > limit.toNanos()) {
      stalled = true;
      try {
        body.close();
      } catch (IOException e) {
        // The reader gets an exception of its own.
      }
    }
  }

  /**
   * @return how many bytes were read, -1 at the end
   * @throws TransferException if the connection breaks, or gives no byte within the limit
   */
  int read(byte[] buffer) throws TransferException {
    try {
      int read = body.read(buffer);
      lastRead = System.nanoTime();
      if (read < 0 && stalled) {
        throw stalled(null);
      }
      return read;
    } catch (TransferException e) {
      throw e;
    } catch (IOException e) {
      throw stalled ? stalled(e) : TransferException.lost(e);
    }
  }

  private TransferException stalled(IOException cause) {
    return TransferException.lost(
        "nothing has come for " + limit.toMillis() / 1000.0 + " s", cause);
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
