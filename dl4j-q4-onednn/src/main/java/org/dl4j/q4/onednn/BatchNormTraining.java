package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.onednn.runtime.Scratch;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Forward and backward pass of a batch normalization for training, for one shape. */
final class BatchNormTraining {

  private final Input x;
  private final Output y;
  private final Input dy;
  private final Output dx;
  private final Vectors vectors;

  /** Where the ReLU let values through; lives from the forward to the backward pass. */
  private final memory mask;

  private final Task forward;
  private final Task backward;

  BatchNormTraining(BatchNormSpec spec, long[] sizes) {
    memory.desc given = BatchNormInference.given(spec, sizes);
    memory.desc wanted = BatchNormInference.wanted(sizes);
    int flags = BatchNormInference.flags(spec);
    float epsilon = (float) spec.epsilon();
    batch_normalization_forward.primitive_desc forwardDescriptor =
        new batch_normalization_forward.primitive_desc(
            new batch_normalization_forward.desc(
                dnnl.dnnl_forward_training, wanted, epsilon, flags),
            Task.attributes(),
            Engine.cpu(),
            false);
    batch_normalization_backward.primitive_desc backwardDescriptor =
        new batch_normalization_backward.primitive_desc(
            new batch_normalization_backward.desc(
                dnnl.dnnl_backward, wanted, wanted, epsilon, flags),
            Task.attributes(),
            Engine.cpu(),
            forwardDescriptor,
            false);
    this.vectors = new Vectors(sizes[1]);
    this.x = new Input(given, wanted, Scratch.Slot.SOURCE);
    this.y = new Output(given, wanted, Scratch.Slot.DESTINATION);
    this.dy = new Input(given, wanted, Scratch.Slot.DESTINATION);
    this.dx = new Output(given, wanted, Scratch.Slot.SOURCE_GRADIENT);
    this.mask = spec.relu() ? new memory(forwardDescriptor.workspace_desc(), Engine.cpu()) : null;
    this.forward =
        new Task(new batch_normalization_forward(forwardDescriptor), forwardDescriptor)
            .argument(dnnl.DNNL_ARG_SRC, x.memory())
            .argument(dnnl.DNNL_ARG_DST, y.memory())
            .argument(dnnl.DNNL_ARG_MEAN, vectors.mean)
            .argument(dnnl.DNNL_ARG_VARIANCE, vectors.variance)
            .argument(dnnl.DNNL_ARG_SCALE, vectors.gamma)
            .argument(dnnl.DNNL_ARG_SHIFT, vectors.beta);
    this.backward =
        new Task(new batch_normalization_backward(backwardDescriptor), backwardDescriptor)
            .argument(dnnl.DNNL_ARG_SRC, x.memory())
            .argument(dnnl.DNNL_ARG_DIFF_DST, dy.memory())
            .argument(dnnl.DNNL_ARG_DIFF_SRC, dx.memory())
            .argument(dnnl.DNNL_ARG_MEAN, vectors.mean)
            .argument(dnnl.DNNL_ARG_VARIANCE, vectors.variance)
            .argument(dnnl.DNNL_ARG_SCALE, vectors.gamma)
            .argument(dnnl.DNNL_ARG_SHIFT, vectors.beta)
            .argument(dnnl.DNNL_ARG_DIFF_SCALE, vectors.dGamma)
            .argument(dnnl.DNNL_ARG_DIFF_SHIFT, vectors.dBeta);
    if (mask != null) {
      forward.argument(dnnl.DNNL_ARG_WORKSPACE, mask);
      backward.argument(dnnl.DNNL_ARG_WORKSPACE, mask);
    }
  }

  void forward(
      INDArray source,
      INDArray gamma,
      INDArray beta,
      INDArray destination,
      INDArray mean,
      INDArray variance) {
    vectors.statistics(mean, variance);
    vectors.parameters(gamma, beta);
    x.load(source);
    y.begin(destination);
    forward.run();
    y.end();
  }

  void backward(
      INDArray source,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      INDArray beta,
      INDArray destinationGradient,
      INDArray sourceGradient,
      INDArray dGamma,
      INDArray dBeta) {
    vectors.statistics(mean, variance);
    vectors.parameters(gamma, beta);
    vectors.gradients(dGamma, dBeta);
    x.load(source);
    dy.load(destinationGradient);
    dx.begin(sourceGradient);
    backward.run();
    dx.end();
  }
}
