package org.dl4j.q4.quant;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastSubOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The way back from integers: the values that they stand for, and float weights that the {@link
 * Quantizer} turns into exactly these integers again. All results are of the scale's type.
 */
public final class Dequantizer {

  /**
   * How far from its real solution the largest weight is looked for, in halves of the unit of
   * rounding: with whole ones, all candidates may lie half way between two sums.
   */
  private static final int REACH = 16;

  private Dequantizer() {}

  /**
   * @param tensor codes k and scales s
   * @return {@code k · s}, the values that a layer's passes multiply with
   */
  public static INDArray values(QuantizedTensor tensor) {
    INDArray values = tensor.codes().castTo(tensor.scale().dataType());
    return multiply(values, tensor.scale(), tensor);
  }

  /**
   * Weights with given codes and scales. With a dynamic scale, {@code s = (max|W| + 1e-8) / q}
   * rounds at each step, and the values themselves, whose largest is {@code q · s}, may have a
   * scale that differs in its last bit. So the weights with the largest code of their tensor or
   * channel get a magnitude with which the quantizer's own arithmetic comes to s; the others get
   * their values.
   *
   * @param tensor codes and scales, made by a quantizer whose scale was dynamic
   * @return float weights; {@link Quantizer#scale} and {@link Quantizer#integers} of them are the
   *     tensor's, bit for bit
   * @throws IllegalArgumentException if no weights have such codes and scales, which are then of
   *     another origin
   */
  public static INDArray weights(QuantizedTensor tensor) {
    boolean perChannel = tensor.channelDimension() >= 0;
    Quantizer quantizer =
        new Quantizer(
            tensor.bits(),
            perChannel ? Granularity.PER_CHANNEL : Granularity.PER_TENSOR,
            Math.max(0, tensor.channelDimension()));
    INDArray codes = tensor.codes().castTo(tensor.scale().dataType());
    INDArray isLargest = isLargest(codes, tensor);
    INDArray sign = Transforms.sign(codes, true);
    sign.addi(codes.eq(0).castTo(codes.dataType())); // a code 0 may be the largest
    INDArray largest =
        multiply(sign.muli(isLargest), largestWeights(tensor.scale(), quantizer), tensor);
    INDArray weights = values(tensor).muli(isLargest.rsub(1)).addi(largest);
    requireSame(tensor, quantizer, weights);
    return weights;
  }

  /** 1 where the code's magnitude is the largest of its tensor or channel, else 0. */
  private static INDArray isLargest(INDArray codes, QuantizedTensor tensor) {
    INDArray magnitude = Transforms.abs(codes, true);
    if (tensor.channelDimension() < 0) {
      return magnitude.eq(magnitude.maxNumber()).castTo(codes.dataType());
    }
    int[] others = new int[codes.rank() - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = i < tensor.channelDimension() ? i : i + 1;
    }
    INDArray largest = magnitude.max(others).reshape(tensor.scale().length());
    Nd4j.getExecutioner()
        .exec(new BroadcastSubOp(magnitude, largest, magnitude, tensor.channelDimension()));
    return magnitude.eq(0).castTo(codes.dataType());
  }

  /**
   * For each scale the magnitude that the quantizer computes it from, by asking the quantizer
   * itself about magnitudes around the real solution. It is asked about all channels at once, each
   * at its own place: ND4J's native loops may round an element by its place in the array.
   */
  private static INDArray largestWeights(INDArray scale, Quantizer quantizer) {
    long count = scale.length();
    INDArray found = Nd4j.valueArrayOf(new long[] {count}, -1, scale.dataType());
    Quantizer rows =
        new Quantizer(
            quantizer.bits(), count == 1 ? Granularity.PER_TENSOR : Granularity.PER_CHANNEL, 0);
    for (int k = 0; k <= 2 * REACH; k++) {
      int steps = (k % 2 == 0 ? 1 : -1) * ((k + 1) / 2); // 0, −1, 1, −2, 2, …
      INDArray candidates = Nd4j.createUninitialized(scale.dataType(), count, 1);
      for (long i = 0; i < count; i++) {
        double solution = scale.getDouble(i) * quantizer.maxCode() - Quantizer.EPSILON;
        double step = unitOfRounding(Math.max(solution, Quantizer.EPSILON), scale.dataType());
        candidates.putScalar(i, Math.max(0, solution + steps * step / 2));
      }
      INDArray scales = rows.scale(candidates, () -> "A weight");
      for (long i = 0; i < count; i++) {
        if (found.getDouble(i) < 0 && scales.getDouble(i) == scale.getDouble(i)) {
          found.putScalar(i, candidates.getDouble(i));
        }
      }
    }
    for (long i = 0; i < count; i++) {
      if (found.getDouble(i) < 0) {
        throw new IllegalArgumentException(
            "Expected scales that a quantizer computes from weights, found "
                + scale.getDouble(i)
                + ", which it never gives");
      }
    }
    return found;
  }

  private static double unitOfRounding(double value, DataType type) {
    return type == DataType.DOUBLE ? Math.ulp(value) : Math.ulp((float) value);
  }

  private static void requireSame(QuantizedTensor tensor, Quantizer quantizer, INDArray weights) {
    INDArray scale = quantizer.scale(weights, () -> "The tensor");
    if (scale.neq(tensor.scale()).any()
        || quantizer.codes(weights, scale).neq(tensor.codes()).any()) {
      throw new IllegalArgumentException(
          "Expected codes and scales that a quantizer makes of weights, found other ones: codes"
              + " of shape "
              + Arrays.toString(tensor.codes().shape()));
    }
  }

  private static INDArray multiply(INDArray values, INDArray scale, QuantizedTensor tensor) {
    if (tensor.channelDimension() < 0) {
      return values.muli(scale.getDouble(0));
    }
    Nd4j.getExecutioner()
        .exec(new BroadcastMulOp(values, scale, values, tensor.channelDimension()));
    return values;
  }
}
