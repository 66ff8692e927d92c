package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.kernels.ReluKernel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's activation layer. A ReLU runs on a {@link ReluKernel} where there is one, and writes its
 * results in one pass, where DL4J's copies first and computes in place.
 */
final class ActivationRuntime extends ActivationLayer {

  /** Null where DL4J's own code is to run. */
  private final ReluKernel kernel;

  ActivationRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    this.kernel =
        isPlainRelu(layerConf().getActivationFn())
            ? Kernels.current().relu(dataType).orElse(null)
            : null;
  }

  private static boolean isPlainRelu(Object activation) {
    return activation != null && activation.equals(new ActivationReLU());
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(false);
    if (kernel == null || input.dataType() != dataType) {
      return super.activate(training, workspaceMgr);
    }
    INDArray y =
        workspaceMgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, input.shape(), 'c');
    kernel.forward(input, y);
    return y;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    if (kernel == null || input.dataType() != dataType || epsilon.dataType() != dataType) {
      return super.backpropGradient(epsilon, workspaceMgr);
    }
    INDArray dx =
        workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    kernel.backward(input, epsilon, dx);
    return new Pair<>(new DefaultGradient(), dx);
  }
}
