package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.onednn.runtime.SlidingWindow;

/** 2D convolution by one of oneDNN's algorithms. */
final class ConvolutionOp implements WeightedOp {

  private final int algorithm;
  private final long[] stride;
  private final long[] dilation;
  private final long[] leading;
  private final long[] trailing;

  /**
   * @param algorithm {@code dnnl_convolution_direct} or {@code dnnl_convolution_winograd}
   * @param window over the source
   */
  ConvolutionOp(int algorithm, SlidingWindow window) {
    this.algorithm = algorithm;
    this.stride = window.stride;
    this.dilation = window.dilation;
    this.leading = window.leading;
    this.trailing = window.trailing;
  }

  /** The Winograd kernels compute in blocks of channels, the direct ones channels-last. */
  @Override
  public boolean choosesLayout() {
    return algorithm == dnnl.dnnl_convolution_winograd;
  }

  @Override
  public primitive_desc forward(
      memory.desc source,
      memory.desc weights,
      memory.desc bias,
      memory.desc destination,
      primitive_attr attributes) {
    int kind = dnnl.dnnl_forward_training;
    convolution_forward.desc descriptor =
        bias == null
            ? new convolution_forward.desc(
                kind, algorithm, source, weights, destination, stride, dilation, leading, trailing)
            : new convolution_forward.desc(
                kind,
                algorithm,
                source,
                weights,
                bias,
                destination,
                stride,
                dilation,
                leading,
                trailing);
    return new convolution_forward.primitive_desc(descriptor, attributes, Engine.cpu(), false);
  }

  @Override
  public primitive_desc backwardData(
      memory.desc sourceGradient,
      memory.desc weights,
      memory.desc destinationGradient,
      primitive_attr attributes,
      primitive_desc forward) {
    return new convolution_backward_data.primitive_desc(
        new convolution_backward_data.desc(
            algorithm,
            sourceGradient,
            weights,
            destinationGradient,
            stride,
            dilation,
            leading,
            trailing),
        attributes,
        Engine.cpu(),
        (convolution_forward.primitive_desc) forward,
        false);
  }

  @Override
  public primitive_desc backwardWeights(
      memory.desc source,
      memory.desc weightGradient,
      memory.desc biasGradient,
      memory.desc destinationGradient,
      primitive_attr attributes,
      primitive_desc forward) {
    convolution_backward_weights.desc descriptor =
        biasGradient == null
            ? new convolution_backward_weights.desc(
                algorithm,
                source,
                weightGradient,
                destinationGradient,
                stride,
                dilation,
                leading,
                trailing)
            : new convolution_backward_weights.desc(
                algorithm,
                source,
                weightGradient,
                biasGradient,
                destinationGradient,
                stride,
                dilation,
                leading,
                trailing);
    return new convolution_backward_weights.primitive_desc(
        descriptor, attributes, Engine.cpu(), (convolution_forward.primitive_desc) forward, false);
  }

  @Override
  public primitive primitive(primitive_desc descriptor) {
    if (descriptor instanceof convolution_forward.primitive_desc) {
      return new convolution_forward((convolution_forward.primitive_desc) descriptor);
    }
    if (descriptor instanceof convolution_backward_data.primitive_desc) {
      return new convolution_backward_data((convolution_backward_data.primitive_desc) descriptor);
    }
    return new convolution_backward_weights(
        (convolution_backward_weights.primitive_desc) descriptor);
  }
}
