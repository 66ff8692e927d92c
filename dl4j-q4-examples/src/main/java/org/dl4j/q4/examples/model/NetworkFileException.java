package org.dl4j.q4.examples.model;

import java.io.IOException;

/**
 * A file that does not hold the network that it should: wrong input, which nothing can be done of.
 */
public final class NetworkFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message names the file, and says what is wrong with it
   */
  public NetworkFileException(String message) {
    super(message);
  }

  /**
   * @param message names the file, and says what is wrong with it
   * @param cause what told
   */
  public NetworkFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Jackson's messages have lines of source below. */
  static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.toString()
        : message.lines().findFirst().orElse(failure.toString());
  }
}
