package org.dl4j.q4.onednn.infer;

import org.bytedeco.javacpp.FloatPointer;
import org.dl4j.q4.infer.ProductOperation;
import org.dl4j.q4.infer.ValueType;
import org.dl4j.q4.infer.ValueTypes;
import org.dl4j.q4.infer.WeightStorage;

/**
 * Weights and bias of one product, as all programs of a network share them. The first program
 * chooses the layout of the weights; later ones take it over.
 *
 * <p>With integers, y = f(s·w ∗ x + b) of codes w and x with the scales s and t is {@code u · y ≈
 * f((s t / u) · (w ∗ x + b / (s t)))} for a result of scale u: {@link #factors} are s t / u, and
 * the bias is divided by s t.
 */
final class ProductStore {

  private final ValueType source;
  private final ValueType result;
  private final boolean integer;
  private final float[] factors;
  private final FloatPointer bias;

  private final StoredWeights weights;

  /**
   * @param operation or some output channels of it, of the same types
   */
  ProductStore(ProductOperation operation, ValueTypes types, WeightStorage storage) {
    this.integer = types.isInteger(operation);
    this.source = types.read(operation, operation.input());
    this.result = types.stored(operation.output());
    this.weights = new StoredWeights(operation.weights(), integer, codeFactor(), storage);
    float[] scales = integer ? operation.weights().scales() : new float[0];
    this.bias = new FloatPointer(scaledBias(operation.bias(), scales));
    this.bias.retainReference(); // it outlives any PointerScope that a caller may have open
    this.factors = factors(scales);
  }

  private float[] factors(float[] scales) {
    float[] values = scales.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= source.scale() / codeFactor() / result.scale();
    }
    return values;
  }

  private float[] scaledBias(float[] values, float[] scales) {
    if (integer) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] != 0) { // 0 of a channel with scale 0 stays 0
          // Not times 1 / (s t), which may be infinite where b / (s t) is not.
          values[i] = values[i] / (scales[scales.length == 1 ? 0 : i] * source.scale());
          values[i] *= codeFactor();
        }
      }
    }
    return values;
  }

  /**
   * What codes are multiplied with. For signed activations, oneDNN shifts these to unsigned ones,
   * and where the processor lacks VNNI it halves the weights, lest sums overflow: it would round
   * odd codes. Of codes twice as large it makes the codes themselves; elsewhere they stay so.
   * Either way the sums are exact.
   */
  private int codeFactor() {
    return source.kind() == ValueType.Kind.SIGNED ? 2 : 1;
  }

  int channels() {
    return (int) bias.capacity();
  }

  boolean isInteger() {
    return integer;
  }

  ValueType source() {
    return source;
  }

  ValueType result() {
    return result;
  }

  /** What a sum is multiplied with: one, or one for each output channel. */
  float[] factors() {
    return factors;
  }

  FloatPointer bias() {
    return bias;
  }

  StoredWeights weights() {
    return weights;
  }

  /** Bytes that it takes at present. */
  long bytes() {
    return weights.bytes() + (bias.capacity() + factors.length) * Float.BYTES;
  }

  void free() {
    weights.free();
    bias.deallocate();
  }
}
