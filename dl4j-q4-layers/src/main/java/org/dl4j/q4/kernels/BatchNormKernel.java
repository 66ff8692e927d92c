package org.dl4j.q4.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization of image tensors, with the ReLU behind it if {@link BatchNormSpec} says so.
 * Per channel, over the M = batch · height · width elements:
 *
 * <pre>
 *   μ = mean(x)      σ² = mean((x − μ)²)      x̂ = (x − μ) / √(σ² + ε)      y = γ·x̂ + β
 *
 *   dβ = Σ dy        dγ = Σ dy·x̂
 *   dx = γ / √(σ² + ε) · (dy − dβ / M − x̂·dγ / M)
 * </pre>
 *
 * and with the ReLU y = max(0, γ·x̂ + β), where dy counts as 0 wherever y is. Vectors have the
 * shape [channels]. Source: Ioffe and Szegedy, arXiv 1502.03167.
 */
public interface BatchNormKernel {

  /**
   * With the statistics of the batch.
   *
   * @param x images
   * @param gamma γ
   * @param beta β
   * @param y receives the result
   * @param mean receives μ
   * @param variance receives σ²
   */
  void forwardTraining(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray mean, INDArray variance);

  /**
   * With given statistics.
   *
   * @param x images
   * @param mean μ
   * @param variance σ²
   * @param gamma γ
   * @param beta β
   * @param y receives the result
   */
  void forward(
      INDArray x, INDArray mean, INDArray variance, INDArray gamma, INDArray beta, INDArray y);

  /**
   * The gradients of the last {@link #forwardTraining}.
   *
   * @param x its images
   * @param mean μ that it gave
   * @param variance σ² that it gave
   * @param gamma γ
   * @param beta β
   * @param dy gradient at the output
   * @param dx receives the gradient at the input
   * @param dGamma receives dγ
   * @param dBeta receives dβ
   */
  void backward(
      INDArray x,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      INDArray beta,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta);
}
