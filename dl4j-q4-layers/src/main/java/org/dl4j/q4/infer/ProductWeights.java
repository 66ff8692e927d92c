package org.dl4j.q4.infer;

import java.util.Arrays;
import org.dl4j.q4.quant.BitPacking;

/**
 * The weights of a convolution or a dense layer, output channels first: codes, packed, with their
 * scales; or floating-point numbers. Immutable; its arrays are to be read only.
 */
public final class ProductWeights {

  private final long[] shape;
  private final int bits;
  private final byte[] packed;
  private final float[] scales;
  private final float[] values;

  private ProductWeights(long[] shape, int bits, byte[] packed, float[] scales, float[] values) {
    this.shape = shape.clone();
    this.bits = bits;
    this.packed = packed;
    this.scales = scales;
    this.values = values;
  }

  /**
   * @param shape [out, in, height, width] or [out, in]
   * @param bits of a code
   * @param codes row-major
   * @param scales one, or one for each output channel
   */
  static ProductWeights ofCodes(long[] shape, int bits, byte[] codes, float[] scales) {
    return new ProductWeights(shape, bits, BitPacking.pack(codes, bits), scales, null);
  }

  static ProductWeights ofValues(long[] shape, float[] values) {
    return new ProductWeights(shape, 0, null, null, values);
  }

  /**
   * @return the same, without the codes or values, for who keeps them in another form
   */
  ProductWeights withoutElements() {
    return new ProductWeights(
        shape, bits, isQuantized() ? new byte[0] : null, scales, new float[0]);
  }

  /**
   * @param from first output channel
   * @param to the one behind the last
   * @return the weights of these alone
   */
  ProductWeights outputChannels(int from, int to) {
    int each = length() / (int) shape[0];
    long[] part = shape.clone();
    part[0] = (long) to - from;
    if (!isQuantized()) {
      return ofValues(part, Arrays.copyOfRange(values, from * each, to * each));
    }
    byte[] codes = Arrays.copyOfRange(codes(), from * each, to * each);
    return ofCodes(
        part, bits, codes, scales.length == 1 ? scales : Arrays.copyOfRange(scales, from, to));
  }

  /**
   * @return [out, in, height, width] or [out, in]
   */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * @return number of weights
   */
  public int length() {
    return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /**
   * @return whether they are codes
   */
  public boolean isQuantized() {
    return packed != null;
  }

  /**
   * @param signed whether activations have both signs; kernels then shift them by 128, and multiply
   *     with twice the codes
   * @return whether products of 8-bit activations with the codes fit 16 bits in pairs, as the
   *     processor's instruction that adds two of them needs: 2 · 255 · q ≤ 32,767, true up to 7
   *     bits, or 2 · 255 · 2q, up to 6
   */
  public boolean fitIntegers(boolean signed) {
    int largest = signed ? 2 * maxCode() : maxCode();
    return isQuantized() && 2 * 255 * largest <= Short.MAX_VALUE;
  }

  /**
   * @return width of a code
   */
  public int bits() {
    return bits;
  }

  /**
   * @return q, the largest code
   */
  public int maxCode() {
    return (1 << (bits - 1)) - 1;
  }

  /**
   * @return a new array of the codes, row-major
   */
  public byte[] codes() {
    return BitPacking.unpack(packed, bits, length());
  }

  /**
   * @return one scale, or one for each output channel
   */
  public float[] scales() {
    return scales.clone();
  }

  /**
   * @return the weights of a layer that is not quantized, row-major
   */
  public float[] values() {
    return values.clone();
  }

  @Override
  public String toString() {
    return (isQuantized() ? bits + "-bit codes" : "floats") + " of shape " + Arrays.toString(shape);
  }
}
