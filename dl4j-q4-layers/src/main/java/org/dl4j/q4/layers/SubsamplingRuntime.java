package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.kernels.PoolingKernel;
import org.dl4j.q4.kernels.PoolingSpec;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's pooling layer, on a {@link PoolingKernel} where there is one. */
final class SubsamplingRuntime extends SubsamplingLayer {

  private final PoolingSpec spec;

  /** Null where DL4J's own code is to run. */
  private final PoolingKernel kernel;

  /** The input of the last training pass, which the kernel's backward pass belongs to. */
  private INDArray trained;

  SubsamplingRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    this.spec = new PoolingSpec(layerConf(), convolutionMode);
    this.kernel = Kernels.current().pooling(spec, dataType).orElse(null);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(false);
    if (kernel == null || input.rank() != 4) {
      return super.activate(training, workspaceMgr);
    }
    INDArray x = input.castTo(dataType);
    INDArray y =
        workspaceMgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, spec.outputShape(x), 'c');
    kernel.forward(x, y, training);
    if (training) {
      trained = input;
    }
    return y;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    if (kernel == null || trained != input) {
      // Without a kernel, or frozen with backprop: forward in test mode, then backward.
      return super.backpropGradient(epsilon, workspaceMgr);
    }
    INDArray dx =
        workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    kernel.backward(input.castTo(dataType), epsilon.castTo(dataType), dx);
    return new Pair<>(new DefaultGradient(), dx);
  }

  @Override
  public void clear() {
    super.clear();
    trained = null;
  }
}
