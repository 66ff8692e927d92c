package org.dl4j.q4.quant;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Between which values the activations of one place in a network lie. Immutable. */
public final class ActivationRange {

  private final float min;
  private final float max;

  /**
   * @param min the smallest activation
   * @param max the largest
   * @throws IllegalArgumentException if one is not finite, or the smallest is the larger one
   */
  public ActivationRange(float min, float max) {
    if (!Float.isFinite(min) || !Float.isFinite(max) || min > max) {
      throw new IllegalArgumentException(
          "Expected finite activations, the smallest first, found " + min + " and " + max);
    }
    this.min = min;
    this.max = max;
  }

  /**
   * @param activations of any shape, not empty
   * @return from the smallest to the largest of them
   * @throws IllegalArgumentException if one is a NaN or an infinity
   */
  public static ActivationRange of(INDArray activations) {
    if (activations.isNaN().any() || activations.isInfinite().any()) { // min and max skip NaN
      throw new IllegalArgumentException("Expected finite activations, found a NaN or an infinity");
    }
    return new ActivationRange(
        activations.minNumber().floatValue(), activations.maxNumber().floatValue());
  }

  /**
   * @param other another range
   * @return the smallest range that holds both
   */
  public ActivationRange and(ActivationRange other) {
    return new ActivationRange(Math.min(min, other.min), Math.max(max, other.max));
  }

  /**
   * @return the smallest activation
   */
  public float min() {
    return min;
  }

  /**
   * @return the largest activation
   */
  public float max() {
    return max;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActivationRange
        && Float.compare(((ActivationRange) other).min, min) == 0
        && Float.compare(((ActivationRange) other).max, max) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(min, max);
  }

  @Override
  public String toString() {
    return "[" + min + ", " + max + "]";
  }
}
