package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** The network's or the server's failure, as opposed to the file system's. */
final class TransferException extends IOException {
  /** Whether another connection may do better. */
  final boolean passing;

  private TransferException(String message, IOException cause, boolean passing) {
    super(message, cause);
    this.passing = passing;
  }

  /** The connection breaks, or is silent. */
  static TransferException lost(String message, IOException cause) {
    return new TransferException(message, cause, true);
  }

  /**
   * The connection breaks.
   *
   * @param cause what Java's HTTP client threw; it does not always say why
   */
  static TransferException lost(IOException cause) {
    return lost(reason(cause), cause);
  }

  /** The server's answer does not give the file. */
  static TransferException refused(String message) {
    return new TransferException(message, null, false);
  }

  private static String reason(IOException failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (failure instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    String reason = failure.getClass().getSimpleName();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "unknown host";
      }
      if (cause.getMessage() != null) {
        reason = cause.getMessage();
      }
    }
    return reason;
  }
}
