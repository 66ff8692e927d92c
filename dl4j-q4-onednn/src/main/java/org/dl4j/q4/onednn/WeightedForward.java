package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.Scratch;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The forward pass of a convolution or an inner product, for one shape.
 *
 * <p>In bf16 with quantized weights it computes {@code y = s · (x ∗ codes) + b}: the codes are
 * integers and exact in bf16, and the scale is applied to the FP32 accumulator.
 */
final class WeightedForward {

  private final Scales scales;
  private final Input x;
  private final Input w;
  private final memory b;
  private final Output y;
  private final Task task;
  private final Address address = new Address();

  /**
   * @param type in which products are computed, f32 or bf16; sums are f32 in any case
   */
  WeightedForward(WeightedOps ops, WeightedShape shape, memory.data_type type) {
    boolean scaled = type != memory.data_type.f32 && shape.scales() > 0;
    this.scales = scaled ? new Scales(shape.scales()) : null;
    boolean biasAfterScale = scaled && shape.hasBias();
    memory.desc biasShape =
        biasAfterScale
            ? Layouts.channels(shape.rank(), shape.outputs())
            : Layouts.vector(shape.outputs());

    primitive_attr attributes = Task.attributes();
    if (scaled) {
      post_ops after = new post_ops();
      after.append_binary(dnnl.dnnl_binary_mul, Layouts.channels(shape.rank(), shape.scales()));
      if (biasAfterScale) {
        after.append_binary(dnnl.dnnl_binary_add, biasShape);
      }
      attributes.set_post_ops(after);
    }
    WeightedOps.Choice choice =
        ops.choose(
            op ->
                op.forward(
                    shape.source(op, type),
                    shape.weights(type),
                    shape.hasBias() && !scaled ? biasShape : null,
                    shape.destination(op, memory.data_type.f32),
                    attributes));
    primitive_desc descriptor = choice.descriptor;

    this.x = new Input(shape.givenSource(), descriptor.src_desc(), Scratch.Slot.SOURCE);
    this.w =
        new Input(
            shape.givenWeights(),
            descriptor.weights_desc(),
            Scratch.Slot.WEIGHTS,
            scaled ? scales.inverse() : null,
            scaled ? scales.mask(0) : 0);
    this.y = new Output(shape.givenDestination(), descriptor.dst_desc(), Scratch.Slot.DESTINATION);
    this.b = shape.hasBias() ? Task.unbound(biasShape) : null;
    this.task =
        new Task(choice.primitive(), descriptor)
            .argument(dnnl.DNNL_ARG_SRC, x.memory())
            .argument(dnnl.DNNL_ARG_WEIGHTS, w.memory())
            .argument(dnnl.DNNL_ARG_DST, y.memory());
    if (scaled) {
      task.argument(afterwards(0), scales.overChannels(shape.rank()));
    }
    if (b != null) {
      task.argument(scaled ? afterwards(1) : dnnl.DNNL_ARG_BIAS, b);
    }
  }

  /** The argument of the n-th operation after the product (DNNL_ARG_ATTR_MULTIPLE_POST_OP). */
  private static int afterwards(int n) {
    return dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (n + 1) | dnnl.DNNL_ARG_SRC_1;
  }

  void run(INDArray source, KernelWeights weights, INDArray bias, INDArray destination) {
    if (scales != null) {
      scales.set(weights.scale());
    }
    x.load(source);
    w.load(weights.values(), weights.version());
    if (b != null) {
      b.set_data_handle(address.at(bias));
    }
    y.begin(destination);
    task.run();
    y.end();
  }
}
