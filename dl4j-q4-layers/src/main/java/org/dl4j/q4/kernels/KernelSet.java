package org.dl4j.q4.kernels;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Makes the kernels that a runtime layer computes with. Implementations are found by {@link
 * java.util.ServiceLoader} and chosen by {@link Kernels}; they need a public constructor without
 * arguments.
 *
 * <p>A layer asks once, when it is made, and keeps what it gets. A kernel belongs to one layer and,
 * like the layer, to one thread at a time; it may keep buffers between calls. An empty answer means
 * that the set has nothing better for this case than Deeplearning4j's own code, which the layer
 * then runs.
 */
public interface KernelSet {

  /**
   * @return the name by which {@value Kernels#PROPERTY} chooses it, such as {@code f32}
   */
  String name();

  /**
   * @return one line for the log: what the kernels run on
   */
  String describe();

  /**
   * Whether it can run on this machine; must not throw.
   *
   * @return empty if it can, otherwise the reason, such as a missing native library
   */
  Optional<String> unavailable();

  /**
   * Which set is taken where the user has not chosen: the available one of highest rank.
   *
   * @return the rank; negative if it must be asked for by name
   */
  int rank();

  /**
   * @param window kernel, stride, padding, dilation, layout
   * @param type type of the arrays
   * @return a kernel, or empty
   */
  Optional<ConvolutionKernel> convolution(Window2d window, DataType type);

  /**
   * @param type type of the arrays
   * @return a kernel, or empty
   */
  Optional<DenseKernel> dense(DataType type);

  /**
   * @param spec layout, ε, fused ReLU
   * @param type type of the arrays
   * @return a kernel, or empty
   */
  Optional<BatchNormKernel> batchNorm(BatchNormSpec spec, DataType type);

  /**
   * @param spec window and kind of pooling
   * @param type type of the arrays
   * @return a kernel, or empty
   */
  Optional<PoolingKernel> pooling(PoolingSpec spec, DataType type);

  /**
   * @param type type of the arrays
   * @return a kernel for y = max(0, x), or empty
   */
  Optional<ReluKernel> relu(DataType type);

  /**
   * @param type type of the arrays
   * @return a kernel for what an update does to every parameter, or empty
   */
  Optional<VectorKernel> vector(DataType type);
}
