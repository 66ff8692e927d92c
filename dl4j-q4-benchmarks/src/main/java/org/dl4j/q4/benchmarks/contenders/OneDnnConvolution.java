package org.dl4j.q4.benchmarks.contenders;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_winograd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * A 3×3 convolution of oneDNN with bias, padded to the size of its input, with its gradients. In
 * FP32 and from 16 channels on it is Winograd's algorithm, on images in whatever order oneDNN likes
 * best for it; else the direct one, on images channels last. Weights are in the order oneDNN likes
 * best. The gradients of the weights and the bias are FP32.
 */
final class OneDnnConvolution {

  private static final long[] ONES = {1, 1};

  private final engine cpu;
  private final int algorithm;
  private final convolution_forward.primitive_desc forward;
  private final memory.desc images;
  private final memory.desc results;
  private final memory.desc weights;
  private final memory.desc weightGradient;
  private final memory.desc bias;
  private final memory input;
  private final memory output;

  OneDnnConvolution(
      engine cpu, memory.data_type type, int batch, int channelsIn, int channelsOut, int size) {
    this.cpu = cpu;
    boolean winograd = type == memory.data_type.f32 && channelsIn >= 16;
    algorithm = winograd ? dnnl_convolution_winograd : dnnl_convolution_direct;
    memory.format_tag layout = winograd ? memory.format_tag.any : memory.format_tag.nhwc;
    long[] kernel = {channelsOut, channelsIn, 3, 3};
    images = new memory.desc(new long[] {batch, channelsIn, size, size}, type, layout);
    results = new memory.desc(new long[] {batch, channelsOut, size, size}, type, layout);
    weights = new memory.desc(kernel, type, memory.format_tag.any);
    weightGradient = new memory.desc(kernel, memory.data_type.f32, memory.format_tag.any);
    bias = new memory.desc(new long[] {channelsOut}, memory.data_type.f32, memory.format_tag.x);
    forward =
        new convolution_forward.primitive_desc(
            new convolution_forward.desc(
                dnnl_forward_training, algorithm, images, weights, bias, results, ONES, ONES, ONES),
            cpu);
    input = filled(forward.src_desc());
    output = filled(forward.dst_desc());
  }

  /** Of small positive values, and so of pages of its own: untouched ones are all one page. */
  private memory filled(memory.desc shape) {
    memory values = new memory(shape, cpu);
    Pointer.memset(values.get_data_handle(), 0x3c, shape.get_size());
    return values;
  }

  /**
   * @return the convolution
   */
  Runnable forward(stream queue) {
    return new Execution(queue, new convolution_forward(forward))
        .with(DNNL_ARG_SRC, input)
        .with(DNNL_ARG_WEIGHTS, filled(forward.weights_desc()))
        .with(DNNL_ARG_BIAS, filled(bias))
        .with(DNNL_ARG_DST, output);
  }

  /**
   * @return the gradient of its input
   */
  Runnable inputGradient(stream queue) {
    convolution_backward_data.primitive_desc backward =
        new convolution_backward_data.primitive_desc(
            new convolution_backward_data.desc(
                algorithm, images, weights, results, ONES, ONES, ONES),
            cpu,
            forward);
    return new Execution(queue, new convolution_backward_data(backward))
        .with(DNNL_ARG_DIFF_DST, filled(backward.diff_dst_desc()))
        .with(DNNL_ARG_WEIGHTS, filled(backward.weights_desc()))
        .with(DNNL_ARG_DIFF_SRC, filled(backward.diff_src_desc()));
  }

  /**
   * @return the gradients of its weights and bias
   */
  Runnable weightGradient(stream queue) {
    convolution_backward_weights.primitive_desc backward =
        new convolution_backward_weights.primitive_desc(
            new convolution_backward_weights.desc(
                algorithm, images, weightGradient, bias, results, ONES, ONES, ONES),
            cpu,
            forward);
    return new Execution(queue, new convolution_backward_weights(backward))
        .with(DNNL_ARG_SRC, filled(backward.src_desc()))
        .with(DNNL_ARG_DIFF_DST, filled(backward.diff_dst_desc()))
        .with(DNNL_ARG_DIFF_WEIGHTS, filled(backward.diff_weights_desc()))
        .with(DNNL_ARG_DIFF_BIAS, filled(bias));
  }

  /** A primitive with its arguments. */
  private static final class Execution implements Runnable {

    private final stream queue;
    private final primitive kernel;
    private final IntMemoryMap arguments = new IntMemoryMap();

    Execution(stream queue, primitive kernel) {
      this.queue = queue;
      this.kernel = kernel;
    }

    Execution with(int name, memory value) {
      arguments.put(name, value);
      return this;
    }

    @Override
    public void run() {
      kernel.execute(queue, arguments);
      queue._wait();
    }
  }
}
