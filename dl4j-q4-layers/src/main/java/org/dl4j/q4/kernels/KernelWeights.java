package org.dl4j.q4.kernels;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of a forward pass as a kernel sees them: float values, and for quantized weights the
 * scale s with {@code value = code · s}, where the codes are integers of at most 8 bits. A kernel
 * that computes in bf16 or int8 takes {@code rint(value / s)}, which is exact in both; one that
 * computes in the values' own type has no use for the scale.
 */
public final class KernelWeights {

  private final INDArray values;
  private final INDArray scale;
  private final long version;

  private KernelWeights(INDArray values, INDArray scale, long version) {
    this.values = Objects.requireNonNull(values, "values");
    this.scale = scale;
    this.version = version;
  }

  /**
   * @param values the weights
   * @return full-precision weights
   */
  public static KernelWeights of(INDArray values) {
    return new KernelWeights(values, null, 0);
  }

  /**
   * @param values code · scale
   * @param scale [1], or [out] with a scale for each output channel; null for full precision
   * @return quantized weights
   */
  public static KernelWeights of(INDArray values, INDArray scale) {
    return new KernelWeights(values, scale, 0);
  }

  /**
   * @param values code · scale
   * @param scale [1], or [out] with a scale for each output channel
   * @param version not 0; calls with the same version have the same values and scale
   * @return quantized weights that a kernel may prepare once for several calls
   */
  public static KernelWeights of(INDArray values, INDArray scale, long version) {
    return new KernelWeights(values, scale, version);
  }

  /**
   * @return the values
   */
  public INDArray values() {
    return values;
  }

  /**
   * @return the scale, [1] or [out]; null for full precision
   */
  public INDArray scale() {
    return scale;
  }

  /**
   * @return 0 if the weights may differ at each call; else calls of the same version to the same
   *     kernel have the same weights
   */
  public long version() {
    return version;
  }
}
