package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;
import org.dl4j.q4.kernels.KernelWeights;
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
  private final Input dy;
  private final Input w;
  private final Output dx;
  private final Task data;
  private final Input x;
  private final Output dw;
  private final Output db;
  private final Task weights;

  WeightedBackward(WeightedOp op, WeightedShape shape, memory.data_type type) {
    boolean scaled = type != memory.data_type.f32 && shape.scales() > 0;
    this.scales = scaled ? new Scales(shape.scales()) : null;
    memory.desc bias = shape.hasBias() ? Layouts.vector(shape.outputs()) : null;
    memory.desc gradient = shape.destination(type);
    primitive_desc forward =
        op.forward(
            shape.source(type),
            shape.weights(type),
            bias,
            shape.destination(memory.data_type.f32),
            Task.attributes());
    this.dy =
        new Input(
            shape.givenDestination(),
            gradient,
            Scratch.Slot.DESTINATION,
            scaled ? scales.scale() : null,
            scaled ? scales.mask(1) : 0);

    primitive_desc dataDescriptor =
        op.backwardData(
            shape.source(memory.data_type.f32),
            shape.weights(type),
            gradient,
            Task.attributes(),
            forward);
    this.w =
        new Input(
            shape.givenWeights(),
            dataDescriptor.weights_desc(),
            Scratch.Slot.WEIGHTS,
            inverse(),
            mask());
    this.dx =
        new Output(
            shape.givenSource(), dataDescriptor.diff_src_desc(), Scratch.Slot.SOURCE_GRADIENT);
    this.data =
        new Task(op.primitive(dataDescriptor), dataDescriptor)
            .argument(dnnl.DNNL_ARG_DIFF_DST, dy.memory())
            .argument(dnnl.DNNL_ARG_WEIGHTS, w.memory())
            .argument(dnnl.DNNL_ARG_DIFF_SRC, dx.memory());

    primitive_desc weightsDescriptor =
        op.backwardWeights(
            shape.source(type),
            shape.weights(memory.data_type.f32),
            bias,
            gradient,
            Task.attributes(),
            forward);
    this.x = new Input(shape.givenSource(), weightsDescriptor.src_desc(), Scratch.Slot.SOURCE);
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
        new Task(op.primitive(weightsDescriptor), weightsDescriptor)
            .argument(dnnl.DNNL_ARG_SRC, x.memory())
            .argument(dnnl.DNNL_ARG_DIFF_DST, dy.memory())
            .argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, dw.memory());
    if (db != null) {
      weights.argument(dnnl.DNNL_ARG_DIFF_BIAS, db.memory());
    }
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
    dy.load(destinationGradient);
    if (sourceGradient != null) {
      w.load(kernelWeights.values());
      dx.begin(sourceGradient);
      data.run();
      dx.end();
    }
    x.load(source);
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
