package org.dl4j.q4.onednn;

import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.dl4j.q4.kernels.ConvolutionKernel;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.kernels.Window2d;
import org.dl4j.q4.onednn.runtime.SlidingWindow;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * 2D convolution on oneDNN. In FP32, 3×3 convolutions with stride 1 go by Winograd's algorithm
 * F(4×4, 3×3), with a quarter of the multiplications, where there is enough to do: measured with 64
 * to 256 channels on AVX-512 it is the faster from some 64 tiles of 4×4 outputs on, and the slower
 * below 32. Its rounding is coarser, up to some 5e-6 of the largest output. From 256 channels on it
 * is faster than the direct algorithm in bf16, too, and so taken there as well.
 */
final class OneDnnConvolution extends WeightedKernel implements ConvolutionKernel {

  private static final long MIN_TILES = 64;
  private static final long MIN_CHANNELS = 16;
  private static final long MIN_CHANNELS_BF16 = 256;

  private final Window2d window;
  private final long minChannels;

  OneDnnConvolution(Window2d window, memory.data_type type) {
    super(type);
    this.window = window;
    this.minChannels = type == memory.data_type.f32 ? MIN_CHANNELS : MIN_CHANNELS_BF16;
  }

  private static boolean isWinograds(Window2d window) {
    return Arrays.equals(window.kernel(), new int[] {3, 3})
        && Arrays.equals(window.stride(), new int[] {1, 1})
        && Arrays.equals(window.dilation(), new int[] {1, 1});
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
  WeightedOps ops(INDArray source, INDArray destination) {
    SlidingWindow sliding =
        SlidingWindow.of(
            window,
            Layouts.imageSize(source, window.channelsLast()),
            Layouts.imageSize(destination, window.channelsLast()));
    WeightedOp direct = new ConvolutionOp(dnnl.dnnl_convolution_direct, sliding);
    return byWinograd(source, destination)
        ? new WeightedOps(new ConvolutionOp(dnnl.dnnl_convolution_winograd, sliding), direct)
        : new WeightedOps(direct);
  }

  @Override
  memory.data_type type(INDArray source, INDArray destination, memory.data_type preferred) {
    return byWinograd(source, destination) ? memory.data_type.f32 : preferred;
  }

  private boolean byWinograd(INDArray source, INDArray destination) {
    long[] in = Layouts.imageSizes(source, window.channelsLast());
    long[] out = Layouts.imageSizes(destination, window.channelsLast());
    return isWinograds(window) && Math.min(in[1], out[1]) >= minChannels && tiles(out) >= MIN_TILES;
  }

  private static long tiles(long[] images) {
    return images[0] * ((images[2] + 3) / 4) * ((images[3] + 3) / 4);
  }

  @Override
  long outputs(KernelWeights w) {
    return w.values().size(0);
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
