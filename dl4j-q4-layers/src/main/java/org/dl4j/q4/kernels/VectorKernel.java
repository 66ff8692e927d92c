package org.dl4j.q4.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an update does to every parameter, each rule in as few passes over memory as it takes.
 * Arrays of one call have the same number of elements, which lie one after the other in the same
 * order; everything is written in place.
 */
public interface VectorKernel {

  /**
   * The tanh soft clip {@code w ← α · tanh(w / α)}.
   *
   * @param weights w
   * @param alpha α &gt; 0
   */
  void softClip(INDArray weights, double alpha);

  /**
   * Adam:
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
   * @param beta2 β₂
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
