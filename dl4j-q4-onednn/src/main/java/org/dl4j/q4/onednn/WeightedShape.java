package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;

/** Sizes and layouts of everything that a convolution or an inner product reads and writes. */
final class WeightedShape {

  private final long[] source;
  private final long[] weights;
  private final long[] weightStrides;
  private final long[] destination;
  private final boolean channelsLast;
  private final boolean bias;
  private final int scales;

  /**
   * @param source [batch, in, height, width] or [batch, in]
   * @param weights [out, in, height, width] or [out, in]
   * @param weightStrides theirs, in elements
   * @param destination [batch, out, height, width] or [batch, out]
   * @param channelsLast whether images come and go as NHWC
   * @param bias whether there is one
   * @param scales of the weights: 0 for full precision, 1, or one for each output channel
   */
  WeightedShape(
      long[] source,
      long[] weights,
      long[] weightStrides,
      long[] destination,
      boolean channelsLast,
      boolean bias,
      int scales) {
    this.source = source;
    this.weights = weights;
    this.weightStrides = weightStrides;
    this.destination = destination;
    this.channelsLast = channelsLast;
    this.bias = bias;
    this.scales = scales;
  }

  boolean hasBias() {
    return bias;
  }

  int scales() {
    return scales;
  }

  int rank() {
    return source.length;
  }

  long outputs() {
    return weights[0];
  }

  memory.desc givenSource() {
    return given(source);
  }

  memory.desc givenDestination() {
    return given(destination);
  }

  memory.desc givenWeights() {
    return Layouts.strided(weights, weightStrides);
  }

  memory.desc source(WeightedOp op, memory.data_type type) {
    return wanted(op, source, type);
  }

  memory.desc destination(WeightedOp op, memory.data_type type) {
    return wanted(op, destination, type);
  }

  memory.desc weights(memory.data_type type) {
    return Layouts.any(weights, type);
  }

  private memory.desc given(long[] sizes) {
    return rank() == 4
        ? Layouts.images(sizes, memory.data_type.f32, channelsLast)
        : Layouts.matrix(sizes, memory.data_type.f32);
  }

  /** Channels last, in which direct kernels are fastest, if the op does not choose itself. */
  private memory.desc wanted(WeightedOp op, long[] sizes, memory.data_type type) {
    if (op.choosesLayout()) {
      return Layouts.any(sizes, type);
    }
    return rank() == 4 ? Layouts.images(sizes, type, true) : Layouts.matrix(sizes, type);
  }
}
