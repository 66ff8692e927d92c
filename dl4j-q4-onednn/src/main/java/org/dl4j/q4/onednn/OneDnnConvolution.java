package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.dl4j.q4.kernels.ConvolutionKernel;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.kernels.Window2d;
import org.nd4j.linalg.api.ndarray.INDArray;

/** 2D convolution on oneDNN. */
final class OneDnnConvolution extends WeightedKernel implements ConvolutionKernel {

  private final Window2d window;

  OneDnnConvolution(Window2d window, memory.data_type type) {
    super(type);
    this.window = window;
  }

  /**
   * Whether oneDNN takes it: not if "same" would need a negative padding because the stride leaps
   * over the kernel.
   */
  static boolean fits(Window2d window) {
    if (window.mode() != ConvolutionMode.Same) {
      return true;
    }
    for (int i = 0; i < 2; i++) {
      int reach = 1 + (window.kernel()[i] - 1) * window.dilation()[i];
      if (window.stride()[i] > reach) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void forward(INDArray x, KernelWeights w, INDArray b, INDArray y) {
    runForward(x, w, b, y);
  }

  @Override
  public void backward(
      INDArray x, KernelWeights w, INDArray b, INDArray dy, INDArray dx, INDArray dw, INDArray db) {
    runBackward(x, w, dy, dx, dw, db);
  }

  @Override
  WeightedOp op(INDArray source, INDArray destination) {
    return Windows.of(window, source, destination).convolution();
  }

  @Override
  WeightedShape shape(INDArray source, KernelWeights w, INDArray destination, boolean bias) {
    return new WeightedShape(
        Layouts.imageSizes(source, window.channelsLast()),
        w.values().shape(),
        w.values().stride(),
        Layouts.imageSizes(destination, window.channelsLast()),
        window.channelsLast(),
        bias,
        scales(w));
  }
}
