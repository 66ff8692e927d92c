package org.dl4j.q4.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** 2D pooling of images in the layout of the {@link PoolingSpec} that the kernel was made for. */
public interface PoolingKernel {

  /**
   * @param x input images
   * @param y receives the output images
   * @param training whether a {@link #backward} may follow
   */
  void forward(INDArray x, INDArray y, boolean training);

  /**
   * The gradient of the last forward pass for training. Of several equal largest elements of a
   * window, one gets the gradient: the one that the forward pass chose.
   *
   * @param x its input images
   * @param dy gradient at the output
   * @param dx receives the gradient at the input
   */
  void backward(INDArray x, INDArray dy, INDArray dx);
}
