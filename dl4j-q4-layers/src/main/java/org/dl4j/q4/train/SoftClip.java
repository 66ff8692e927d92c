package org.dl4j.q4.train;

import org.dl4j.q4.kernels.VectorKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Tanh soft clipping of weights: {@code W ← α · tanh(W / α)}. Near zero it changes next to nothing
 * (a relative change of about (W/α)²/3), and it bounds every weight by α.
 *
 * <p>It is not idempotent, so it must run exactly once after an update. The 4-bit layers run it
 * from {@code applyConstraints}, which DL4J calls once for each update; it is deliberately not a
 * {@code BaseConstraint}, whose {@code applyConstraint} applies itself twice in Deeplearning4j
 * 1.0.0-M2.1.
 *
 * <p>Source: arXiv 2603.13931, with α = 3.
 */
public final class SoftClip {

  private SoftClip() {}

  /**
   * Clips in place.
   *
   * @param weights the weights, any shape
   * @param alpha α &gt; 0
   */
  public static void apply(INDArray weights, double alpha) {
    apply(weights, alpha, null);
  }

  /**
   * Clips in place, on a kernel.
   *
   * @param weights the weights, any shape, their elements one after the other
   * @param alpha α &gt; 0
   * @param kernel does it in one pass; null for ND4J's ops
   */
  public static void apply(INDArray weights, double alpha, VectorKernel kernel) {
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("alpha must be positive; got " + alpha);
    }
    if (kernel != null) {
      kernel.softClip(weights, alpha);
    } else {
      Transforms.tanh(weights.divi(alpha), false).muli(alpha);
    }
  }
}
