package org.dl4j.q4.packed;

import java.io.IOException;

/** A file is no packed model, or a damaged one. The message says which, what and where. */
public final class PackedModelException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected, what was found, and where
   */
  public PackedModelException(String message) {
    super(message);
  }

  /**
   * @param message what was expected, what was found, and where
   * @param cause why
   */
  public PackedModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
