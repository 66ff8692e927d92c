package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.onednn.runtime.Scratch;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalization with given statistics, for one shape. */
final class BatchNormInference {

  private final Input x;
  private final Output y;
  private final Vectors vectors;
  private final Task task;

  BatchNormInference(BatchNormSpec spec, long[] sizes) {
    memory.desc wanted = wanted(sizes);
    batch_normalization_forward.primitive_desc descriptor =
        new batch_normalization_forward.primitive_desc(
            new batch_normalization_forward.desc(
                dnnl.dnnl_forward_inference,
                wanted,
                (float) spec.epsilon(),
                flags(spec) | dnnl.dnnl_use_global_stats),
            Task.attributes(),
            Engine.cpu(),
            false);
    this.vectors = new Vectors(sizes[1]);
    this.x = new Input(given(spec, sizes), wanted, Scratch.Slot.SOURCE);
    this.y = new Output(given(spec, sizes), wanted, Scratch.Slot.DESTINATION);
    this.task =
        new Task(new batch_normalization_forward(descriptor), descriptor)
            .argument(dnnl.DNNL_ARG_SRC, x.memory())
            .argument(dnnl.DNNL_ARG_DST, y.memory())
            .argument(dnnl.DNNL_ARG_MEAN, vectors.mean)
            .argument(dnnl.DNNL_ARG_VARIANCE, vectors.variance)
            .argument(dnnl.DNNL_ARG_SCALE, vectors.gamma)
            .argument(dnnl.DNNL_ARG_SHIFT, vectors.beta);
  }

  static int flags(BatchNormSpec spec) {
    return dnnl.dnnl_use_scale | dnnl.dnnl_use_shift | (spec.relu() ? dnnl.dnnl_fuse_norm_relu : 0);
  }

  static memory.desc given(BatchNormSpec spec, long[] sizes) {
    return Layouts.images(sizes, memory.data_type.f32, spec.format() == CNN2DFormat.NHWC);
  }

  /** Channels last: for the other layout oneDNN has no fast kernel. */
  static memory.desc wanted(long[] sizes) {
    return Layouts.images(sizes, memory.data_type.f32, true);
  }

  void run(
      INDArray source,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      INDArray beta,
      INDArray destination) {
    vectors.statistics(mean, variance);
    vectors.parameters(gamma, beta);
    x.load(source);
    y.begin(destination);
    task.run();
    y.end();
  }
}
