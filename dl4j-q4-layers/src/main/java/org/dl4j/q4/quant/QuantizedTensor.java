package org.dl4j.q4.quant;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A weight tensor as integers: its codes and its scales. Made by a {@link Quantizer}. */
public final class QuantizedTensor {

  private final INDArray codes;
  private final INDArray scale;
  private final int maxCode;
  private final int channelDimension;

  QuantizedTensor(INDArray codes, INDArray scale, int maxCode, int channelDimension) {
    this.codes = codes;
    this.scale = scale;
    this.maxCode = maxCode;
    this.channelDimension = channelDimension;
  }

  /**
   * @return integers from −q to q as INT8, of the weights' shape
   */
  public INDArray codes() {
    return codes;
  }

  /**
   * @return the scales, shape [1] or [channels]
   */
  public INDArray scale() {
    return scale;
  }

  /**
   * @return the dimension of {@link #codes()} whose indices count the scales; −1 if one scale is
   *     for all
   */
  public int channelDimension() {
    return channelDimension;
  }

  /**
   * @return width of a code in bits
   */
  public int bits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(maxCode) + 1;
  }

  /**
   * How often each code occurs.
   *
   * @return 2q + 1 counts, of the codes −q, …, q
   */
  public long[] histogram() {
    long[] counts = new long[2 * maxCode + 1];
    for (int code : codes.dup('c').reshape(codes.length()).toIntVector()) {
      counts[code + maxCode]++;
    }
    return counts;
  }

  /**
   * @return how many different codes occur, at most 2q + 1
   */
  public int levelsUsed() {
    int used = 0;
    for (long count : histogram()) {
      if (count > 0) {
        used++;
      }
    }
    return used;
  }

  static String describe(int bits, int channelDimension, DataType type, long[] shape) {
    return String.format(
        "%d-bit codes of shape %s with %s of type %s",
        bits,
        Arrays.toString(shape),
        channelDimension < 0 ? "one scale" : "a scale along dimension " + channelDimension,
        type);
  }

  @Override
  public String toString() {
    return describe(bits(), channelDimension, scale.dataType(), codes.shape());
  }
}
