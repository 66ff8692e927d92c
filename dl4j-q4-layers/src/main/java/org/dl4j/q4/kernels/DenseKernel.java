package org.dl4j.q4.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear layer. Inputs are [batch, in], weights [in, out], the bias is [out] or null. Results are
 * written to arrays that the caller brings.
 */
public interface DenseKernel {

  /**
   * y = x·w + b.
   *
   * @param x inputs
   * @param w weights
   * @param b bias, or null
   * @param y receives the outputs, [batch, out]
   */
  void forward(INDArray x, KernelWeights w, INDArray b, INDArray y);

  /**
   * The three gradients.
   *
   * @param x inputs of the forward pass
   * @param w weights of the forward pass
   * @param dy gradient at the output, before any activation
   * @param dx receives the gradient at the input; null if nobody needs it
   * @param dw receives the gradient at the weight values, summed over the batch
   * @param db receives the bias gradient, or null
   */
  void backward(INDArray x, KernelWeights w, INDArray dy, INDArray dx, INDArray dw, INDArray db);
}
