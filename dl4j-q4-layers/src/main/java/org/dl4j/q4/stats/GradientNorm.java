package org.dl4j.q4.stats;

import java.util.OptionalDouble;

/**
 * L2 norm of a gradient, of the mean loss over a minibatch, before and after {@code
 * GlobalNormClipping}. Both are NaN if they were not measured. Immutable.
 */
public final class GradientNorm {

  static final GradientNorm UNKNOWN = new GradientNorm(Double.NaN, Double.NaN);

  private final double beforeClipping;
  private final double afterClipping;

  GradientNorm(double beforeClipping, double afterClipping) {
    this.beforeClipping = beforeClipping;
    this.afterClipping = afterClipping;
  }

  static GradientNorm of(OptionalDouble norm, double factor) {
    return norm.isEmpty()
        ? UNKNOWN
        : new GradientNorm(norm.getAsDouble(), norm.getAsDouble() * factor);
  }

  /**
   * @return as the backward pass gave it
   */
  public double beforeClipping() {
    return beforeClipping;
  }

  /**
   * @return as the updater got it, within rounding
   */
  public double afterClipping() {
    return afterClipping;
  }
}
