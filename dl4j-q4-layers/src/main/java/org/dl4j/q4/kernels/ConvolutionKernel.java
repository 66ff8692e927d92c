package org.dl4j.q4.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * 2D convolution. Weights are [out, in, height, width], the bias is [out] or null; images are in
 * the layout of the {@link Window2d} that the kernel was made for. Results are written to arrays
 * that the caller brings, in 'c' order, so that the caller chooses the workspace.
 */
public interface ConvolutionKernel {

  /**
   * y = conv(x, w) + b.
   *
   * @param x input images
   * @param w weights
   * @param b bias, or null
   * @param y receives the output images
   */
  void forward(INDArray x, KernelWeights w, INDArray b, INDArray y);

  /**
   * The three gradients of a convolution.
   *
   * @param x input images of the forward pass
   * @param w weights of the forward pass
   * @param b bias, or null
   * @param dy gradient at the output, before any activation
   * @param dx receives the gradient at the input; null if nobody needs it
   * @param dw receives the gradient at the weight values, summed over the batch
   * @param db receives the bias gradient, or null
   */
  void backward(
      INDArray x, KernelWeights w, INDArray b, INDArray dy, INDArray dx, INDArray dw, INDArray db);
}
