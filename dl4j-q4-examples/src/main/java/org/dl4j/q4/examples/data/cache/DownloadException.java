package org.dl4j.q4.examples.data.cache;

import java.io.IOException;

/**
 * A download did not come to its end. The message says which, why, and what can be done. What has
 * come so far is kept, and the next download goes on from there.
 */
public final class DownloadException extends IOException {
  DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
