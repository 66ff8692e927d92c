package org.dl4j.q4.convert;

/**
 * A converted configuration or network, and what was done.
 *
 * @param <T> which of them
 */
public final class Conversion<T> {

  private final T result;
  private final ConversionReport report;

  Conversion(T result, ConversionReport report) {
    this.result = result;
    this.report = report;
  }

  /**
   * @return the counterpart
   */
  public T result() {
    return result;
  }

  /**
   * @return what became of each layer
   */
  public ConversionReport report() {
    return report;
  }
}
