package org.dl4j.q4.onnx;

import org.dl4j.q4.quant.ActivationRange;

/**
 * Activations as integers from 0 to 255, by a scale s and a zero point z:
 *
 * <pre>
 *   code = clamp(rint(x / s) + z, 0, 255)        x ≈ (code − z) · s
 * </pre>
 *
 * <p>The code z is exactly 0: padding and what a ReLU cuts off stay what they are. Immutable.
 */
final class ActivationCodes {

  private static final int LARGEST = 255;

  private final float scale;
  private final int zeroPoint;

  private ActivationCodes(float scale, int zeroPoint) {
    this.scale = scale;
    this.zeroPoint = zeroPoint;
  }

  /**
   * @param range of the activations; widened to hold 0, if it does not
   * @return s = (max − min) / 255, z = rint(−min / s): of activations that a ReLU made, z = 0
   */
  static ActivationCodes of(ActivationRange range) {
    double min = Math.min(range.min(), 0);
    double max = Math.max(range.max(), 0);
    float scale = (float) ((max - min) / LARGEST);
    if (scale < Float.MIN_NORMAL) {
      return new ActivationCodes(1, 0); // nothing but zeros
    }
    return new ActivationCodes(scale, (int) Math.min(LARGEST, Math.rint(-min / scale)));
  }

  float scale() {
    return scale;
  }

  int zeroPoint() {
    return zeroPoint;
  }
}
