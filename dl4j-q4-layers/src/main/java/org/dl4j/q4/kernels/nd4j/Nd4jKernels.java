package org.dl4j.q4.kernels.nd4j;

import java.util.Optional;
import org.dl4j.q4.kernels.BatchNormKernel;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.kernels.ConvolutionKernel;
import org.dl4j.q4.kernels.DenseKernel;
import org.dl4j.q4.kernels.KernelSet;
import org.dl4j.q4.kernels.NativeBuild;
import org.dl4j.q4.kernels.PoolingKernel;
import org.dl4j.q4.kernels.PoolingSpec;
import org.dl4j.q4.kernels.ReluKernel;
import org.dl4j.q4.kernels.VectorKernel;
import org.dl4j.q4.kernels.Window2d;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The kernels that need nothing but ND4J: its ops, in the order and the layout in which they reach
 * the oneDNN inside of {@code nd4j-native}. They cover what Deeplearning4j's own layers do not run
 * on it. Matrix products and pooling the layers run as fast themselves.
 */
public final class Nd4jKernels implements KernelSet {

  /** The name of this set. */
  public static final String NAME = "nd4j";

  /** Called by {@link java.util.ServiceLoader}. */
  public Nd4jKernels() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String describe() {
    return "ND4J's ops";
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Optional<ConvolutionKernel> convolution(Window2d window, DataType type) {
    return NativeBuild.accelerates(type) && Nd4jConvolution.fitsOneDnn(window)
        ? Optional.of(new Nd4jConvolution(window))
        : Optional.empty();
  }

  @Override
  public Optional<DenseKernel> dense(DataType type) {
    return Optional.empty();
  }

  @Override
  public Optional<BatchNormKernel> batchNorm(BatchNormSpec spec, DataType type) {
    return NativeBuild.accelerates(type) ? Optional.of(new Nd4jBatchNorm(spec)) : Optional.empty();
  }

  @Override
  public Optional<PoolingKernel> pooling(PoolingSpec spec, DataType type) {
    return Optional.empty();
  }

  @Override
  public Optional<ReluKernel> relu(DataType type) {
    return Optional.empty();
  }

  @Override
  public Optional<VectorKernel> vector(DataType type) {
    return Optional.empty();
  }
}
