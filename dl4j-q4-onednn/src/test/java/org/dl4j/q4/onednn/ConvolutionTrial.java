package org.dl4j.q4.onednn;

import static org.dl4j.q4.kernels.Close.assertClose;

import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.dl4j.q4.kernels.ImageLayout;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.kernels.ReferenceConvolution;
import org.dl4j.q4.kernels.Window2d;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution of random images, by a kernel and by the definition; all results in NCHW. */
final class ConvolutionTrial {

  int[] kernel = {3, 3};
  int[] stride = {1, 1};
  int[] padding = {1, 1};
  int[] dilation = {1, 1};
  ConvolutionMode mode = ConvolutionMode.Truncate;
  CNN2DFormat format = CNN2DFormat.NHWC;
  ImageLayout layoutOfX = ImageLayout.C;
  ImageLayout layoutOfDy = ImageLayout.C;

  /** In NCHW. */
  INDArray x;

  INDArray weights;

  /** Null for full precision. */
  INDArray scale;

  /** Null for none. */
  INDArray bias;

  /** In NCHW. */
  INDArray dy;

  INDArray y;
  INDArray dx;
  INDArray dw;
  INDArray db;

  Window2d window() {
    return new Window2d(kernel, stride, padding, dilation, mode, format);
  }

  /** [batch, channels, height, width] of the output. */
  long[] outputShape() {
    return new Window2d(kernel, stride, padding, dilation, mode, CNN2DFormat.NCHW)
        .outputShape(x, weights.size(0));
  }

  /** Forward and backward pass of a new kernel. */
  ConvolutionTrial run(memory.data_type type) {
    return run(new OneDnnConvolution(window(), type));
  }

  ConvolutionTrial run(OneDnnConvolution convolution) {
    INDArray in = layoutOfX.of(Images.to(format, x));
    INDArray gradient = layoutOfDy.of(Images.to(format, dy));
    KernelWeights w = KernelWeights.of(weights, scale);
    INDArray out = Images.dirtyLike(gradient);
    INDArray inGradient = Images.dirtyLike(in);
    dw = Images.dirtyLike(weights);
    db = Images.dirtyLike(bias);
    convolution.forward(in, w, bias, out);
    convolution.backward(in, w, bias, gradient, inGradient, dw, db);
    y = Images.from(format, out);
    dx = Images.from(format, inGradient);
    return this;
  }

  /** By the definition, of the arrays as they are. */
  ReferenceConvolution reference() {
    return reference(x, weights, bias, dy);
  }

  /** By the definition, of other arrays in their place. */
  ReferenceConvolution reference(INDArray ofX, INDArray ofW, INDArray ofBias, INDArray ofDy) {
    return new ReferenceConvolution(ofX, ofW, ofBias, ofDy, stride, leadingPadding(), dilation);
  }

  /** "Same" pads so that the output has ⌈input / stride⌉ elements, the smaller half in front. */
  private int[] leadingPadding() {
    if (mode != ConvolutionMode.Same) {
      return padding;
    }
    int[] leading = new int[2];
    for (int i = 0; i < 2; i++) {
      int in = (int) x.size(2 + i);
      int out = (in + stride[i] - 1) / stride[i];
      int reach = 1 + (kernel[i] - 1) * dilation[i];
      leading[i] = Math.max(0, (out - 1) * stride[i] + reach - in) / 2;
    }
    return leading;
  }

  /** How many products an element of y is the sum of, at most. */
  long termsOfY() {
    return weights.length() / weights.size(0);
  }

  long termsOfDx() {
    return weights.length() / weights.size(1);
  }

  /** And of db. */
  long termsOfDw() {
    return dy.length() / dy.size(1);
  }

  /** In FP32, within its rounding. */
  void assertFollowsTheDefinition() {
    run(memory.data_type.f32);
    ReferenceConvolution reference = reference();
    assertClose("y", reference.y, y);
    assertClose("dx", reference.dx, dx);
    assertClose("dw", reference.dw, dw);
    if (bias != null) {
      assertClose("db", reference.db, db.reshape(db.length()));
    }
  }
}
