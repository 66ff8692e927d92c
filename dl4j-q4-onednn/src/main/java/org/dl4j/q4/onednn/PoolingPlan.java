package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4j.q4.kernels.PoolingSpec;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.onednn.runtime.Scratch;
import org.dl4j.q4.onednn.runtime.SlidingWindow;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A pooling for one shape: forward, and for training backward too. */
final class PoolingPlan {

  private final Input x;
  private final Output y;
  private final Task forward;

  // For training alone.
  private final Input dy;
  private final Output dx;
  private final Task backward;

  PoolingPlan(PoolingSpec spec, INDArray source, INDArray destination, boolean training) {
    boolean channelsLast = spec.window().channelsLast();
    long[] sizes = Layouts.imageSizes(source, channelsLast);
    long[] pooled = Layouts.imageSizes(destination, channelsLast);
    memory.desc given = Layouts.images(sizes, memory.data_type.f32, channelsLast);
    memory.desc givenPooled = Layouts.images(pooled, memory.data_type.f32, channelsLast);
    memory.desc wanted = Layouts.images(sizes, memory.data_type.f32, true);
    memory.desc wantedPooled = Layouts.images(pooled, memory.data_type.f32, true);
    SlidingWindow window =
        SlidingWindow.of(
            spec.window(),
            Layouts.imageSize(source, channelsLast),
            Layouts.imageSize(destination, channelsLast));
    int algorithm = algorithm(spec);

    pooling_forward.primitive_desc descriptor =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
                algorithm,
                wanted,
                wantedPooled,
                window.stride,
                window.kernel,
                window.leading,
                window.trailing),
            Task.attributes(),
            Engine.cpu(),
            false);
    this.x = new Input(given, wanted, Scratch.Slot.SOURCE);
    this.y = new Output(givenPooled, wantedPooled, Scratch.Slot.DESTINATION);
    this.forward =
        new Task(new pooling_forward(descriptor), descriptor)
            .argument(dnnl.DNNL_ARG_SRC, x.memory())
            .argument(dnnl.DNNL_ARG_DST, y.memory());
    if (!training) {
      this.dy = null;
      this.dx = null;
      this.backward = null;
      return;
    }
    pooling_backward.primitive_desc backwardDescriptor =
        new pooling_backward.primitive_desc(
            new pooling_backward.desc(
                algorithm,
                wanted,
                wantedPooled,
                window.stride,
                window.kernel,
                window.leading,
                window.trailing),
            Task.attributes(),
            Engine.cpu(),
            descriptor,
            false);
    this.dy = new Input(givenPooled, wantedPooled, Scratch.Slot.DESTINATION);
    this.dx = new Output(given, wanted, Scratch.Slot.SOURCE_GRADIENT);
    this.backward =
        new Task(new pooling_backward(backwardDescriptor), backwardDescriptor)
            .argument(dnnl.DNNL_ARG_DIFF_DST, dy.memory())
            .argument(dnnl.DNNL_ARG_DIFF_SRC, dx.memory());
    if (spec.type() == PoolingType.MAX) {
      memory maxima = new memory(descriptor.workspace_desc(), Engine.cpu());
      forward.argument(dnnl.DNNL_ARG_WORKSPACE, maxima);
      backward.argument(dnnl.DNNL_ARG_WORKSPACE, maxima);
    }
  }

  private static int algorithm(PoolingSpec spec) {
    if (spec.type() == PoolingType.MAX) {
      return dnnl.dnnl_pooling_max;
    }
    return spec.paddingCounts()
        ? dnnl.dnnl_pooling_avg_include_padding
        : dnnl.dnnl_pooling_avg_exclude_padding;
  }

  void forward(INDArray source, INDArray destination) {
    x.load(source);
    y.begin(destination);
    forward.run();
    y.end();
  }

  void backward(INDArray destinationGradient, INDArray sourceGradient) {
    dy.load(destinationGradient);
    dx.begin(sourceGradient);
    backward.run();
    dx.end();
  }
}
