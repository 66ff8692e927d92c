package org.dl4j.q4.packed;

import java.io.IOException;

/** A file is no packed model, or a damaged one. The message says which, what and where. */
public final class PackedModelException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected, what was found, and where
   */
  public PackedModelException(String message) {
    super(oneLine(message));
  }

  /**
   * @param message what was expected, what was found, and where
   * @param cause why
   */
  public PackedModelException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** Names in it come from the file, and may hold what moves a terminal's cursor. */
  private static String oneLine(String message) {
    return message.replaceAll("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]", "?");
  }
}
