package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.dl4j.q4.kernels.DenseKernel;
import org.dl4j.q4.kernels.KernelWeights;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear layer on oneDNN. */
final class OneDnnDense extends WeightedKernel implements DenseKernel {

  private static final WeightedOps OPS = new WeightedOps(new InnerProductOp());

  OneDnnDense(memory.data_type type) {
    super(type);
  }

  @Override
  public void forward(INDArray x, KernelWeights w, INDArray b, INDArray y) {
    runForward(x, w, b, y);
  }

  @Override
  public void backward(
      INDArray x, KernelWeights w, INDArray dy, INDArray dx, INDArray dw, INDArray db) {
    runBackward(x, w, dy, dx, dw, db);
  }

  @Override
  WeightedOps ops(INDArray source, INDArray destination) {
    return OPS;
  }

  @Override
  long outputs(KernelWeights w) {
    return w.values().size(1);
  }

  /** Deeplearning4j's weights are [in, out], oneDNN's [out, in]: the same elements. */
  @Override
  WeightedShape shape(INDArray source, KernelWeights w, INDArray destination, boolean bias) {
    INDArray values = w.values();
    return new WeightedShape(
        source.shape(),
        new long[] {values.size(1), values.size(0)},
        new long[] {values.stride(1), values.stride(0)},
        destination.shape(),
        false,
        bias,
        scales(w));
  }
}
