package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.onednn.runtime.Scratch;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The backward pass of a convolution or an inner product, for one shape.
 *
 * <p>In bf16 with quantized weights the output gradient is multiplied by the scale before it is
 * rounded: then {@code dx = (s · dy) ∗ codes} needs no scale behind it, and the weight and bias
 * gradients, {@code x ∗ (s · dy)} and {@code Σ s · dy}, are divided by s on their way to the
 * caller's array.
 */
final class WeightedBackward {

  private final Scales scales;
  private final Input w;
  private final Input dyForData;
  private final Output dx;
  private final Task data;
  private final Input x;
  private final Input dyForWeights;
  private final Output dw;
  private final Output db;
  private final Task weights;

  WeightedBackward(WeightedOps ops, WeightedShape shape, memory.data_type type) {
    boolean scaled = type != memory.data_type.f32 && shape.scales() > 0;
    this.scales = scaled ? new Scales(shape.scales()) : null;
    memory.desc bias = shape.hasBias() ? Layouts.vector(shape.outputs()) : null;

    WeightedOps.Choice dataChoice =
        ops.choose(
            op ->
                op.backwardData(
                    shape.source(op, memory.data_type.f32),
                    shape.weights(type),
                    shape.destination(op, type),
                    Task.attributes(),
                    forward(op, shape, bias, type)));
    primitive_desc dataDescriptor = dataChoice.descriptor;
    this.dyForData = gradient(shape, dataDescriptor);
    this.w =
        new Input(
            shape.givenWeights(),
            dataDescriptor.weights_desc(),
            Scratch.Slot.WEIGHTS,
            inverse(),
            mask());
    this.dx = new Output(shape.givenSource(), dataDescriptor.diff_src_desc(), Scratch.Slot.SOURCE);
    this.data =
        new Task(dataChoice.primitive(), dataDescriptor)
            .argument(dnnl.DNNL_ARG_DIFF_DST, dyForData.memory())
            .argument(dnnl.DNNL_ARG_WEIGHTS, w.memory())
            .argument(dnnl.DNNL_ARG_DIFF_SRC, dx.memory());

    WeightedOps.Choice weightsChoice =
        ops.choose(
            op ->
                op.backwardWeights(
                    shape.source(op, type),
                    shape.weights(memory.data_type.f32),
                    bias,
                    shape.destination(op, type),
                    Task.attributes(),
                    forward(op, shape, bias, type)));
    primitive_desc weightsDescriptor = weightsChoice.descriptor;
    this.x = new Input(shape.givenSource(), weightsDescriptor.src_desc(), Scratch.Slot.SOURCE);
    boolean sameGradient = weightsDescriptor.diff_dst_desc().equals(dataDescriptor.diff_dst_desc());
    this.dyForWeights = sameGradient ? dyForData : gradient(shape, weightsDescriptor);
    this.dw =
        new Output(
            shape.givenWeights(),
            weightsDescriptor.diff_weights_desc(),
            Scratch.Slot.WEIGHT_GRADIENT,
            inverse(),
            mask());
    this.db =
        bias == null ? null : new Output(bias, bias, Scratch.Slot.BIAS_GRADIENT, inverse(), mask());
    this.weights =
        new Task(weightsChoice.primitive(), weightsDescriptor)
            .argument(dnnl.DNNL_ARG_SRC, x.memory())
            .argument(dnnl.DNNL_ARG_DIFF_DST, dyForWeights.memory())
            .argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, dw.memory());
    if (db != null) {
      weights.argument(dnnl.DNNL_ARG_DIFF_BIAS, db.memory());
    }
  }

  /** A backward primitive is made with the forward one that it belongs to as a hint. */
  private static primitive_desc forward(
      WeightedOp op, WeightedShape shape, memory.desc bias, memory.data_type type) {
    return op.forward(
        shape.source(op, type),
        shape.weights(type),
        bias,
        shape.destination(op, memory.data_type.f32),
        Task.attributes());
  }

  private Input gradient(WeightedShape shape, primitive_desc descriptor) {
    return new Input(
        shape.givenDestination(),
        descriptor.diff_dst_desc(),
        Scratch.Slot.DESTINATION,
        scales == null ? null : scales.scale(),
        scales == null ? 0 : scales.mask(1));
  }

  private memory inverse() {
    return scales == null ? null : scales.inverse();
  }

  private int mask() {
    return scales == null ? 0 : scales.mask(0);
  }

  /**
   * @param sourceGradient null if nobody needs it
   */
  void run(
      INDArray source,
      KernelWeights kernelWeights,
      INDArray destinationGradient,
      INDArray sourceGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    if (scales != null) {
      scales.set(kernelWeights.scale());
    }
    if (sourceGradient != null) {
      dyForData.load(destinationGradient);
      w.load(kernelWeights.values());
      dx.begin(sourceGradient);
      data.run();
      dx.end();
    }
    if (sourceGradient == null || dyForWeights != dyForData) {
      dyForWeights.load(destinationGradient);
    }
    x.load(source); // where the gradient at the source was, which is no longer needed there
    dw.begin(weightGradient);
    if (db != null) {
      db.begin(biasGradient);
    }
    weights.run();
    dw.end();
    if (db != null) {
      db.end();
    }
  }
}
