package org.dl4j.q4.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
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
import org.dl4j.q4.onednn.runtime.Engine;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Kernels on oneDNN, for FLOAT arrays; products in the type that the subclass chooses. */
abstract class OneDnnKernels implements KernelSet {

  /** The type in which convolutions and inner products multiply. */
  abstract memory.data_type productType();

  @Override
  public Optional<String> unavailable() {
    if (!Nd4j.getBackend().getEnvironment().isCPU()) {
      return Optional.of("ND4J's arrays are on a device, not in main memory");
    }
    return Engine.problem();
  }

  @Override
  public Optional<ConvolutionKernel> convolution(Window2d window, DataType type) {
    return type == DataType.FLOAT && OneDnnConvolution.fits(window)
        ? Optional.of(new OneDnnConvolution(window, productType()))
        : Optional.empty();
  }

  @Override
  public Optional<DenseKernel> dense(DataType type) {
    return type == DataType.FLOAT ? Optional.of(new OneDnnDense(productType())) : Optional.empty();
  }

  @Override
  public Optional<BatchNormKernel> batchNorm(BatchNormSpec spec, DataType type) {
    return type == DataType.FLOAT ? Optional.of(new OneDnnBatchNorm(spec)) : Optional.empty();
  }

  @Override
  public Optional<PoolingKernel> pooling(PoolingSpec spec, DataType type) {
    return type == DataType.FLOAT && OneDnnPooling.fits(spec)
        ? Optional.of(new OneDnnPooling(spec))
        : Optional.empty();
  }

  @Override
  public Optional<ReluKernel> relu(DataType type) {
    return type == DataType.FLOAT ? Optional.of(new OneDnnRelu()) : Optional.empty();
  }

  @Override
  public Optional<VectorKernel> vector(DataType type) {
    return type == DataType.FLOAT ? Optional.of(new OneDnnVector()) : Optional.empty();
  }
}
