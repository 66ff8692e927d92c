package org.dl4j.q4.infer;

/**
 * A network has a part that an {@link InferencePlan} has no operation for; the message names it.
 */
public final class UnsupportedForInferenceException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnsupportedForInferenceException(String message) {
    super(message);
  }
}
