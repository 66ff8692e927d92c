package org.dl4j.q4.onednn.infer;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.softmax_forward;
import org.dl4j.q4.infer.ActivationFunction;
import org.dl4j.q4.infer.Operation;
import org.dl4j.q4.infer.PoolingOperation;
import org.dl4j.q4.infer.ProductOperation;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.onednn.runtime.SlidingWindow;
import org.dl4j.q4.onednn.runtime.Task;

/** Operations of a plan as oneDNN's primitives on a program's values. */
final class Primitives {

  private static final int INFERENCE = dnnl.dnnl_forward_inference;

  private Primitives() {}

  static Runnable product(
      ProductOperation operation,
      ProductStore store,
      Value source,
      Value result,
      WorkingMemory working) {
    boolean dense = operation.window().isEmpty();
    memory.desc from = dense ? source.rows() : source.channelsLast();
    memory.desc to = result.channelsLast();
    long[] shape = operation.weights().shape();
    memory.data_type type = store.isInteger() ? memory.data_type.s8 : memory.data_type.f32;
    memory.desc weights =
        store.weights().layout() == null
            ? new memory.desc(shape, type, memory.format_tag.any)
            : store.weights().layout();
    memory.desc bias =
        new memory.desc(new long[] {shape[0]}, memory.data_type.f32, memory.format_tag.x);

    primitive_attr attributes = Task.attributes();
    if (store.isInteger()) {
      float[] factors = store.factors();
      attributes.set_output_scales(factors.length > 1 ? 1 << 1 : 0, factors);
    }
    PostOps.add(operation.activation(), result.type.scale(), attributes);
    primitive_desc descriptor;
    primitive made;
    if (dense) {
      inner_product_forward.primitive_desc chosen =
          new inner_product_forward.primitive_desc(
              new inner_product_forward.desc(INFERENCE, from, weights, bias, to),
              attributes,
              Engine.cpu(),
              false);
      descriptor = chosen;
      made = new inner_product_forward(chosen);
    } else {
      SlidingWindow sliding =
          SlidingWindow.of(operation.window().get(), source.imageSize(), result.imageSize());
      convolution_forward.primitive_desc chosen =
          new convolution_forward.primitive_desc(
              new convolution_forward.desc(
                  INFERENCE,
                  dnnl.dnnl_convolution_direct,
                  from,
                  weights,
                  bias,
                  to,
                  sliding.stride,
                  sliding.dilation,
                  sliding.leading,
                  sliding.trailing),
              attributes,
              Engine.cpu(),
              false);
      descriptor = chosen;
      made = new convolution_forward(chosen);
    }
    if (store.weights().layout() == null) {
      store.weights().choose(descriptor.weights_desc());
    }
    memory weightMemory = Task.unbound(descriptor.weights_desc());
    WeightFeed feed = store.weights().feed(weightMemory, working);
    Task task =
        new Task(made, descriptor)
            .argument(dnnl.DNNL_ARG_SRC, source.view(from))
            .argument(dnnl.DNNL_ARG_WEIGHTS, weightMemory)
            .argument(dnnl.DNNL_ARG_BIAS, new memory(bias, Engine.cpu(), store.bias()))
            .argument(dnnl.DNNL_ARG_DST, result.view(to));
    return () -> {
      feed.load();
      task.run();
    };
  }

  static Runnable pooling(PoolingOperation operation, Value source, Value result) {
    memory.desc from = source.channelsLast();
    long[] channels = {source.shape[0], 1, 1};
    memory.desc to =
        operation.window().isPresent()
            ? result.channelsLast()
            : Types.channelsLast(result.batch, channels, result.type);
    SlidingWindow sliding =
        operation
            .window()
            .map(window -> SlidingWindow.of(window, source.imageSize(), result.imageSize()))
            .orElseGet(() -> SlidingWindow.over(source.imageSize()));
    int algorithm =
        operation.isMaximum()
            ? dnnl.dnnl_pooling_max
            : operation.paddingCounts()
                ? dnnl.dnnl_pooling_avg_include_padding
                : dnnl.dnnl_pooling_avg_exclude_padding;
    pooling_forward.primitive_desc descriptor =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                INFERENCE,
                algorithm,
                from,
                to,
                sliding.stride,
                sliding.kernel,
                sliding.leading,
                sliding.trailing),
            Task.attributes(),
            Engine.cpu(),
            false);
    return new Task(new pooling_forward(descriptor), descriptor)
            .argument(dnnl.DNNL_ARG_SRC, source.view(from))
            .argument(dnnl.DNNL_ARG_DST, result.view(to))
        ::run;
  }

  /** Each summand comes in its own scale, the sum goes out in another. */
  static Runnable sum(Operation operation, Value first, Value second, Value result) {
    primitive_attr attributes = Task.attributes();
    float unit = result.type.scale();
    attributes.set_scales(dnnl.DNNL_ARG_SRC_0, 0, new float[] {first.type.scale() / unit});
    attributes.set_scales(dnnl.DNNL_ARG_SRC_1, 0, new float[] {second.type.scale() / unit});
    PostOps.add(operation.activation(), unit, attributes);
    binary.primitive_desc descriptor =
        new binary.primitive_desc(
            new binary.desc(
                dnnl.dnnl_binary_add,
                first.channelsLast(),
                second.channelsLast(),
                result.channelsLast()),
            attributes,
            Engine.cpu(),
            false);
    return new Task(new binary(descriptor), descriptor)
            .argument(dnnl.DNNL_ARG_SRC_0, first.view(first.channelsLast()))
            .argument(dnnl.DNNL_ARG_SRC_1, second.view(second.channelsLast()))
            .argument(dnnl.DNNL_ARG_DST, result.view(result.channelsLast()))
        ::run;
  }

  static Runnable activation(ActivationFunction function, Value source, Value result) {
    memory.desc shape = source.channelsLast();
    Task task;
    if (function.kind() == ActivationFunction.Kind.SOFTMAX) {
      softmax_forward.primitive_desc descriptor =
          new softmax_forward.primitive_desc(
              new softmax_forward.desc(INFERENCE, shape, 1),
              Task.attributes(),
              Engine.cpu(),
              false);
      task = new Task(new softmax_forward(descriptor), descriptor);
    } else {
      eltwise_forward.primitive_desc descriptor =
          new eltwise_forward.primitive_desc(
              new eltwise_forward.desc(
                  INFERENCE, PostOps.algorithm(function), shape, function.parameter(), 0),
              Task.attributes(),
              Engine.cpu(),
              false);
      task = new Task(new eltwise_forward(descriptor), descriptor);
    }
    return task.argument(dnnl.DNNL_ARG_SRC, source.view(shape))
            .argument(dnnl.DNNL_ARG_DST, result.view(shape))
        ::run;
  }
}
