package org.dl4j.q4.examples.profile;

import java.util.Optional;
import org.dl4j.q4.kernels.BatchNormKernel;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.kernels.ConvolutionKernel;
import org.dl4j.q4.kernels.DenseKernel;
import org.dl4j.q4.kernels.KernelSet;
import org.dl4j.q4.kernels.PoolingKernel;
import org.dl4j.q4.kernels.PoolingSpec;
import org.dl4j.q4.kernels.ReluKernel;
import org.dl4j.q4.kernels.VectorKernel;
import org.dl4j.q4.kernels.Window2d;
import org.nd4j.linalg.api.buffer.DataType;

/** The kernels of another set, timed. */
final class TimedKernels implements KernelSet {

  private final KernelSet kernels;
  private final StepClock clock;

  TimedKernels(KernelSet kernels, StepClock clock) {
    this.kernels = kernels;
    this.clock = clock;
  }

  @Override
  public String name() {
    return kernels.name();
  }

  @Override
  public String describe() {
    return kernels.describe();
  }

  @Override
  public Optional<String> unavailable() {
    return kernels.unavailable();
  }

  @Override
  public int rank() {
    return kernels.rank();
  }

  @Override
  public Optional<ConvolutionKernel> convolution(Window2d window, DataType type) {
    return kernels
        .convolution(window, type)
        .map(kernel -> clock.timedKernel(ConvolutionKernel.class, kernel, Work.CONVOLUTION));
  }

  @Override
  public Optional<DenseKernel> dense(DataType type) {
    return kernels
        .dense(type)
        .map(kernel -> clock.timedKernel(DenseKernel.class, kernel, Work.DENSE));
  }

  @Override
  public Optional<BatchNormKernel> batchNorm(BatchNormSpec spec, DataType type) {
    return kernels
        .batchNorm(spec, type)
        .map(kernel -> clock.timedKernel(BatchNormKernel.class, kernel, Work.BATCH_NORM));
  }

  @Override
  public Optional<PoolingKernel> pooling(PoolingSpec spec, DataType type) {
    return kernels
        .pooling(spec, type)
        .map(kernel -> clock.timedKernel(PoolingKernel.class, kernel, Work.POOLING));
  }

  @Override
  public Optional<ReluKernel> relu(DataType type) {
    return kernels
        .relu(type)
        .map(kernel -> clock.timedKernel(ReluKernel.class, kernel, Work.ACTIVATION));
  }

  /** Not timed: what calls it, the updater and the soft clip, is a section itself. */
  @Override
  public Optional<VectorKernel> vector(DataType type) {
    return kernels.vector(type);
  }
}
