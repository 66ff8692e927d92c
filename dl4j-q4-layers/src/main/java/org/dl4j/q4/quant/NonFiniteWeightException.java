package org.dl4j.q4.quant;

/** Weights hold a NaN or an infinity, so that no scale exists for them: training has diverged. */
public final class NonFiniteWeightException extends ArithmeticException {

  /**
   * @param message what was found and where
   */
  public NonFiniteWeightException(String message) {
    super(message);
  }
}
