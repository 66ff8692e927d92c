package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.dl4j.q4.kernels.KernelWeights;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear layer, forward and backward, by a kernel and by the definition. */
final class DenseTrial {

  /** [batch, in]. */
  INDArray x;

  /** [in, out]. */
  INDArray weights;

  /** Null for full precision. */
  INDArray scale;

  /** Null for none. */
  INDArray bias;

  /** [batch, out]. */
  INDArray dy;

  char orderOfGradient = 'f';

  INDArray y;
  INDArray dx;
  INDArray dw;
  INDArray db;

  DenseTrial run(memory.data_type type) {
    return run(new OneDnnDense(type));
  }

  DenseTrial run(OneDnnDense dense) {
    KernelWeights w = KernelWeights.of(weights, scale);
    y = Images.dirtyLike(dy);
    dx = Images.dirtyLike(x);
    dw = Images.dirtyLike(weights).dup(orderOfGradient);
    db = Images.dirtyLike(bias);
    dense.forward(x, w, bias, y);
    dense.backward(x, w, dy, dx, dw, db);
    return this;
  }

  ReferenceDense reference() {
    return new ReferenceDense(x, weights, bias, dy);
  }

  /** Σ |a·b| of each element of the results. */
  ReferenceDense sumsOfAbsolutes() {
    return new ReferenceDense(
        Bf16.absolute(x), Bf16.absolute(weights), Bf16.absolute(bias), Bf16.absolute(dy));
  }
}
