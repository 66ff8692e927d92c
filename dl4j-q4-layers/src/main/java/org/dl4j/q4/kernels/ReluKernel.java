package org.dl4j.q4.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** y = max(0, x), element by element, on 'c' ordered arrays of any one shape. */
public interface ReluKernel {

  /**
   * @param x input
   * @param y receives the output; may be x
   */
  void forward(INDArray x, INDArray y);

  /**
   * dx = dy where x &gt; 0, else 0.
   *
   * @param x input of the forward pass; its output serves as well
   * @param dy gradient at the output
   * @param dx receives the gradient at the input; may be dy
   */
  void backward(INDArray x, INDArray dy, INDArray dx);
}
