package org.dl4j.q4.examples.monitor;

import java.io.IOException;

/** Waiting for a user who may not be there. */
public final class StandardInput {

  private StandardInput() {}

  /**
   * Waits for Enter, or for the end of standard input.
   *
   * @return whether it was Enter
   * @throws IOException if it cannot be read
   */
  static boolean readLine() throws IOException {
    int read;
    do {
      read = System.in.read();
    } while (read != '\n' && read >= 0);
    return read >= 0;
  }

  /**
   * Waits for Enter. At the end of standard input, as in the background, there is no Enter to come:
   * then for the end of the process.
   *
   * @throws IOException if it cannot be read
   * @throws InterruptedException if this thread is interrupted
   */
  public static void waitForEnter() throws IOException, InterruptedException {
    if (!readLine()) {
      Thread.currentThread().join();
    }
  }
}
