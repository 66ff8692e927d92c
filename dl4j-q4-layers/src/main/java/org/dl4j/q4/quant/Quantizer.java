package org.dl4j.q4.quant;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dl4j.q4.kernels.VectorKernel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastDivOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Rint;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The symmetric weight quantizer. With {@code b} bits, {@code q = 2^(b-1) - 1} (7 for 4 bits, so
 * that there are 15 levels; the code {@code -q - 1} is never used):
 *
 * <pre>
 *   scale  s = (max|W| + 1e-8) / q
 *   code   k = clamp(rint(W / s), -q, q)      rint rounds half to even
 *   value    = k · s                          exactly 0 for code 0
 * </pre>
 *
 * <p>Gradient: straight-through, {@code dL/dW = dL/dvalue}, with no mask; the layers use it so.
 *
 * <p>All arithmetic is done in the tensor's own type, FLOAT or DOUBLE. Per channel, the maximum is
 * taken over all other dimensions. Zeros quantize to zeros; a tensor that holds a NaN or an
 * infinity has no scale, which is a {@link NonFiniteWeightException}. Quantizing the values again,
 * with the scale computed anew, gives the same codes.
 *
 * <p>Source: arXiv 2603.13931, section on the quantizer. Bit widths other than 4 and the
 * per-channel scale are extensions of this library.
 */
public final class Quantizer {

  /** Smallest width of a code, in bits: the levels −s, 0, s. */
  public static final int MIN_BITS = 2;

  /** Largest width of a code, in bits: a code fits a signed byte. */
  public static final int MAX_BITS = 8;

  /** Added to the largest absolute weight, against a division by zero. */
  public static final double EPSILON = 1e-8;

  private final int maxCode;
  private final Granularity granularity;
  private final int channelDimension;

  /**
   * @param bits width of a code, 2 to 8
   * @param granularity one scale for the tensor, or one for each channel
   * @param channelDimension the tensor's dimension that counts output channels: 0 for convolution
   *     weights [out, in, height, width], 1 for dense weights [in, out]
   */
  public Quantizer(int bits, Granularity granularity, int channelDimension) {
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "bits must be from " + MIN_BITS + " to " + MAX_BITS + "; got " + bits);
    }
    this.maxCode = (1 << (bits - 1)) - 1;
    this.granularity = granularity;
    this.channelDimension = channelDimension;
  }

  /**
   * @return the largest code q; the smallest is −q
   */
  public int maxCode() {
    return maxCode;
  }

  /**
   * @return width of a code, in bits
   */
  public int bits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(maxCode) + 1;
  }

  /**
   * @return the dimension whose indices count the scales; −1 if one scale is for all
   */
  public int channelDimension() {
    return granularity == Granularity.PER_TENSOR ? -1 : channelDimension;
  }

  /**
   * @param weights a weight tensor
   * @return what it becomes, for messages of errors
   */
  public String describe(INDArray weights) {
    return QuantizedTensor.describe(
        bits(), channelDimension(), weights.dataType(), weights.shape());
  }

  /**
   * @return how many different codes there are, 2q + 1
   */
  public int levels() {
    return 2 * maxCode + 1;
  }

  /**
   * @param weights a weight tensor
   * @return how many scales it has
   */
  public long scaleCount(INDArray weights) {
    return granularity == Granularity.PER_TENSOR ? 1 : weights.size(channelDimension);
  }

  /**
   * The scale of a tensor.
   *
   * @param weights the tensor, FLOAT or DOUBLE
   * @param where names the tensor in the error message
   * @return the scales, shape [1] or [channels], of the tensor's type
   * @throws NonFiniteWeightException if the tensor holds a NaN or an infinity
   */
  public INDArray scale(INDArray weights, Supplier<String> where) {
    requireFinite(weights, where);
    INDArray largest =
        granularity == Granularity.PER_TENSOR
            ? weights.amax().reshape(1)
            : weights.amax(allDimensionsButChannels(weights)).reshape(scaleCount(weights));
    // Where there is nothing to reduce ([1, out] weights), ND4J copies the elements, signs and all.
    Transforms.abs(largest, false);
    return largest.addi(EPSILON).divi(maxCode);
  }

  /**
   * The codes of a tensor as integers.
   *
   * @param weights the tensor
   * @param scale its scales, from {@link #scale}
   * @return integers from −q to q as INT8, of the tensor's shape
   */
  public INDArray codes(INDArray weights, INDArray scale) {
    INDArray codes = weights.ulike();
    codesInto(weights, scale, codes);
    return codes.castTo(DataType.INT8);
  }

  /**
   * A tensor as integers.
   *
   * @param weights the tensor
   * @param scale its scales, from {@link #scale}
   * @return its codes and scales
   */
  public QuantizedTensor integers(INDArray weights, INDArray scale) {
    return tensor(codes(weights, scale), scale);
  }

  /**
   * A tensor whose codes and scales were made before, and kept.
   *
   * @param codes integers from −q to q as INT8
   * @param scale its scales, FLOAT or DOUBLE, shape [1] or [channels]
   * @return both
   * @throws IllegalArgumentException if a code or a scale is outside its range, or their number is
   *     not the quantizer's
   */
  public QuantizedTensor restore(INDArray codes, INDArray scale) {
    if (codes.dataType() != DataType.INT8 || codes.rank() <= channelDimension()) {
      throw new IllegalArgumentException(
          String.format(
              "Expected codes as INT8%s, found %s of shape %s",
              channelDimension() < 0 ? "" : " with a dimension " + channelDimension,
              codes.dataType(),
              Arrays.toString(codes.shape())));
    }
    if (scale.rank() != 1 || scale.length() != scaleCount(codes)) {
      throw new IllegalArgumentException(
          String.format(
              "Expected scales of shape [%d] for codes of shape %s, found %s",
              scaleCount(codes), Arrays.toString(codes.shape()), Arrays.toString(scale.shape())));
    }
    // The minimum of an array leaves NaN out.
    if (count(new MatchCondition(scale, Conditions.isNan())) > 0
        || scale.minNumber().doubleValue() <= 0
        || scale.maxNumber().doubleValue() == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "Expected finite scales above 0, found " + scale.toString().replaceAll("\\s+", " "));
    }
    int lowest = codes.minNumber().intValue();
    int highest = codes.maxNumber().intValue();
    if (lowest < -maxCode || highest > maxCode) {
      throw new IllegalArgumentException(
          String.format(
              "Expected codes from %d to %d, found them from %d to %d",
              -maxCode, maxCode, lowest, highest));
    }
    return tensor(codes, scale);
  }

  private QuantizedTensor tensor(INDArray codes, INDArray scale) {
    return new QuantizedTensor(codes, scale, maxCode, channelDimension());
  }

  /**
   * Writes the quantized values of a tensor.
   *
   * @param weights the tensor; left as it is
   * @param scale its scales, from {@link #scale}
   * @param values where {@code code · scale} is written; of the tensor's shape and type
   */
  public void quantize(INDArray weights, INDArray scale, INDArray values) {
    quantize(weights, scale, values, null);
  }

  /**
   * Writes the quantized values of a tensor, on a kernel where it can. The values are the same.
   *
   * @param weights the tensor; left as it is
   * @param scale its scales, from {@link #scale}
   * @param values where {@code code · scale} is written; of the tensor's shape and type
   * @param kernel does it in one pass; null for ND4J's ops
   */
  public void quantize(INDArray weights, INDArray scale, INDArray values, VectorKernel kernel) {
    if (kernel != null && granularity == Granularity.PER_TENSOR && lieAlike(weights, values)) {
      kernel.quantize(weights, scale.getDouble(0), maxCode, values);
      return;
    }
    codesInto(weights, scale, values);
    if (granularity == Granularity.PER_TENSOR) {
      values.muli(scale.getDouble(0));
    } else {
      Nd4j.getExecutioner().exec(new BroadcastMulOp(values, scale, values, channelDimension));
    }
  }

  /** Whether the elements of both lie one after the other, in the same order. */
  private static boolean lieAlike(INDArray one, INDArray other) {
    return one.elementWiseStride() == 1
        && other.elementWiseStride() == 1
        && Arrays.equals(one.stride(), other.stride());
  }

  private void codesInto(INDArray weights, INDArray scale, INDArray codes) {
    if (granularity == Granularity.PER_TENSOR) {
      Nd4j.getExecutioner().exec(new ScalarDivision(weights, null, codes, scale.getDouble(0)));
    } else {
      Nd4j.getExecutioner().exec(new BroadcastDivOp(weights, scale, codes, channelDimension));
    }
    Nd4j.getExecutioner().exec(new Rint(codes, codes));
    // Two passes, and still a tenth of the time of ND4J's "clipbyvalue".
    Nd4j.getExecutioner().exec(new ScalarMax(codes, null, codes, -maxCode));
    Nd4j.getExecutioner().exec(new ScalarMin(codes, null, codes, maxCode));
    codes.addi(0.0); // −0 + 0 = +0: a small negative weight becomes exactly 0, not −0
  }

  /**
   * Refuses a tensor that cannot be quantized.
   *
   * @param weights the tensor
   * @param where names the tensor in the error message
   * @throws NonFiniteWeightException if the tensor holds a NaN or an infinity
   */
  public static void requireFinite(INDArray weights, Supplier<String> where) {
    // One pass in the usual case: a sum is not finite if any term is NaN or infinite. It may also
    // overflow, so only a count decides.
    if (Double.isFinite(weights.sumNumber().doubleValue())) {
      return;
    }
    long nan = count(new MatchCondition(weights, Conditions.isNan()));
    long infinite = count(new MatchCondition(weights, Conditions.isInfinite()));
    if (nan + infinite > 0) {
      throw new NonFiniteWeightException(
          where.get()
              + " cannot be quantized: of its "
              + weights.length()
              + " weights "
              + nan
              + " are NaN and "
              + infinite
              + " infinite, where finite numbers are needed. Training has diverged: lower the"
              + " learning rate, clip the gradients, or look for NaN in the data.");
    }
  }

  private static long count(MatchCondition condition) {
    return Nd4j.getExecutioner().exec(condition).getLong(0);
  }

  private int[] allDimensionsButChannels(INDArray weights) {
    return IntStream.range(0, weights.rank()).filter(d -> d != channelDimension).toArray();
  }
}
