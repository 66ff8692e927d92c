package org.dl4j.q4.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a step does to every parameter, each rule in as few passes over memory as it takes. Arrays
 * of one call have the same number of elements, which lie one after the other in the same order.
 */
public interface VectorKernel {

  /**
   * {@code values = clamp(rint(weights / scale), −maxCode, maxCode) · scale}, where rint rounds
   * half to even and −0 becomes 0: bit for bit what {@link org.dl4j.q4.quant.Quantizer} computes,
   * which is the only one to call it.
   *
   * @param weights finite
   * @param scale s &gt; 0
   * @param maxCode the largest code
   * @param values receives the quantized values
   */
  void quantize(INDArray weights, double scale, int maxCode, INDArray values);

  /**
   * The tanh soft clip {@code w ← α · tanh(w / α)}, in place.
   *
   * @param weights w
   * @param alpha α &gt; 0
   */
  void softClip(INDArray weights, double alpha);

  /**
   * Adam, in place:
   *
   * <pre>
   *   m ← β₁·m + (1 − β₁)·g      v ← β₂·v + (1 − β₂)·g²      g ← step · m / (√v + ε)
   * </pre>
   *
   * where the caller puts the bias corrections into step and ε.
   *
   * @param gradient g; receives what is to be subtracted from the parameters
   * @param m first moment
   * @param v second moment
   * @param beta1 β₁
   * @param beta2 β₂, at least 0.001
   * @param step step size
   * @param epsilon ε
   */
  void adam(
      INDArray gradient,
      INDArray m,
      INDArray v,
      double beta1,
      double beta2,
      double step,
      double epsilon);
}
