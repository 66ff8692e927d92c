package org.dl4j.q4.kernels.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.dl4j.q4.kernels.ConvolutionKernel;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.kernels.Window2d;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** 2D convolution by ND4J's ops {@code conv2d} and {@code conv2d_bp}. */
final class Nd4jConvolution implements ConvolutionKernel {

  private final Window2d window;

  Nd4jConvolution(Window2d window) {
    this.window = window;
  }

  /**
   * Whether ND4J can hand this convolution to oneDNN. Its helper in 1.0.0-M2.1 forgets the dilation
   * when it works out the padding, so that oneDNN refuses and the op fails. A stride that leaps
   * over the kernel may give "same" a negative padding, which fails as well; DL4J's own code says
   * so in its message.
   */
  static boolean fitsOneDnn(Window2d window) {
    for (int i = 0; i < 2; i++) {
      int kernel = window.kernel()[i];
      boolean dilated = window.dilation()[i] > 1 && kernel > 1;
      boolean leaps = window.mode() == ConvolutionMode.Same && window.stride()[i] > kernel + 1;
      if (dilated || leaps) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void forward(INDArray x, KernelWeights w, INDArray b, INDArray y) {
    run("conv2d", inputs(readable(x), w.values(), b), new INDArray[] {y});
  }

  @Override
  public void backward(
      INDArray x, KernelWeights w, INDArray b, INDArray dy, INDArray dx, INDArray dw, INDArray db) {
    // The op has no way to leave the gradient at the input out.
    INDArray dIn = dx != null ? dx : Nd4j.createUninitialized(x.dataType(), x.shape(), 'c');
    INDArray[] outputs = db == null ? new INDArray[] {dIn, dw} : new INDArray[] {dIn, dw, flat(db)};
    run("conv2d_bp", inputs(readable(x), w.values(), b, readable(dy)), outputs);
  }

  private void run(String name, INDArray[] inputs, INDArray[] outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(arguments(window))
            .build());
  }

  /** The integer arguments of both ops. */
  static int[] arguments(Window2d window) {
    boolean same = window.mode() == ConvolutionMode.Same;
    return new int[] {
      window.kernel()[0],
      window.kernel()[1],
      window.stride()[0],
      window.stride()[1],
      same ? 0 : window.padding()[0], // the op works the padding of "same" out itself
      same ? 0 : window.padding()[1],
      window.dilation()[0],
      window.dilation()[1],
      same ? 1 : 0,
      window.channelsLast() ? 1 : 0,
      1 // weights are [out, in, height, width]
    };
  }

  /**
   * With the channels last, ND4J's oneDNN helper takes the strides of 'c' order for granted: of any
   * other array it reads wrong elements, and beyond its end. DL4J hands out such arrays, as its own
   * convolution's gradient at the input.
   */
  private INDArray readable(INDArray images) {
    boolean ordered = images.ordering() == 'c' && Shape.hasDefaultStridesForShape(images);
    return ordered || !window.channelsLast() ? images : images.dup('c');
  }

  /** The op's inputs in their order; the bias may be missing. */
  private static INDArray[] inputs(INDArray x, INDArray w, INDArray b, INDArray... rest) {
    List<INDArray> inputs = new ArrayList<>(List.of(x, w));
    if (b != null) {
      inputs.add(flat(b));
    }
    inputs.addAll(List.of(rest));
    return inputs.toArray(new INDArray[0]);
  }

  private static INDArray flat(INDArray vector) {
    return vector.rank() == 1 ? vector : vector.reshape(vector.length());
  }
}
