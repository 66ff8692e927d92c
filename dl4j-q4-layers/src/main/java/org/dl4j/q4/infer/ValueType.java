package org.dl4j.q4.infer;

import org.dl4j.q4.quant.ActivationRange;

/**
 * As what a value is kept between two operations: as floating-point numbers, or as integers of 8
 * bits with a scale s, {@code x ≈ s · integer}. Immutable.
 */
public final class ValueType {

  /** What its elements are. */
  public enum Kind {
    /** FP32. */
    FLOAT,
    /** From 0 to 255. */
    UNSIGNED,
    /** From −127 to 127. */
    SIGNED
  }

  static final ValueType FLOAT = new ValueType(Kind.FLOAT, 1);

  private static final int MAX_UNSIGNED = 255;
  private static final int MAX_SIGNED = 127;

  /** Biases are divided by scales. */
  private static final float SMALLEST = 1e-20f;

  private final Kind kind;
  private final float scale;

  private ValueType(Kind kind, float scale) {
    this.kind = kind;
    this.scale = scale;
  }

  /**
   * Integers for activations of a range: {@code s = max / 255} if none is negative, else {@code s =
   * max |x| / 127}. Zero is always represented exactly, as padding needs it.
   */
  static ValueType of(ActivationRange range) {
    if (range.min() >= 0) {
      return new ValueType(Kind.UNSIGNED, scale(range.max(), MAX_UNSIGNED));
    }
    float largest = Math.max(-range.min(), range.max());
    return new ValueType(Kind.SIGNED, scale(largest, MAX_SIGNED));
  }

  /** Where all activations were 0, or almost, any scale does. */
  private static float scale(float largest, int steps) {
    float scale = largest / steps;
    return scale >= SMALLEST ? scale : 1;
  }

  /**
   * @return what its elements are
   */
  public Kind kind() {
    return kind;
  }

  /**
   * @return whether its elements are integers
   */
  public boolean isInteger() {
    return kind != Kind.FLOAT;
  }

  /**
   * @return s; 1 for floating-point numbers
   */
  public float scale() {
    return scale;
  }

  @Override
  public String toString() {
    return isInteger() ? kind + " · " + scale : kind.toString();
  }
}
