package org.dl4j.q4.layers;

import java.util.Map;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.kernels.DenseKernel;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.kernels.Kernels;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Forward and backward pass of a linear layer on a {@link DenseKernel}, where there is one. */
final class DensePass {

  private static final String WEIGHT = DefaultParamInitializer.WEIGHT_KEY;
  private static final String BIAS = DefaultParamInitializer.BIAS_KEY;

  private final DenseKernel kernel;
  private final DataType type;

  /**
   * @param type of the network
   * @param plain whether the layer is nothing but linear, without layer normalization
   */
  DensePass(DataType type, boolean plain) {
    this.kernel = plain ? Kernels.current().dense(type).orElse(null) : null;
    this.type = type;
  }

  /**
   * For what it does not fit, DL4J's code has the answer or the error message.
   *
   * @param input the layer's input
   * @param weights the layer's weight parameter
   * @param mask the layer's mask, or null
   * @return whether to use {@link #forward} and {@link #backward}
   */
  boolean fits(INDArray input, INDArray weights, INDArray mask) {
    return kernel != null && mask == null && input.rank() == 2 && input.size(1) == weights.size(0);
  }

  INDArray forward(INDArray input, KernelWeights w, INDArray b, LayerWorkspaceMgr workspaceMgr) {
    INDArray z =
        workspaceMgr.createUninitialized(
            ArrayType.ACTIVATIONS, type, new long[] {input.size(0), w.values().size(1)}, 'c');
    kernel.forward(input.castTo(type), w, b, z);
    return z;
  }

  /**
   * @param gradients the layer's gradient views; those of weights and bias are written
   * @return them, and the gradient at the input
   */
  Pair<Gradient, INDArray> backward(
      INDArray input,
      KernelWeights w,
      INDArray dz,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaceMgr) {
    INDArray dx =
        workspaceMgr.createUninitialized(
            ArrayType.ACTIVATION_GRAD, type, new long[] {input.size(0), w.values().size(0)}, 'c');
    INDArray dw = gradients.get(WEIGHT);
    INDArray db = gradients.get(BIAS);
    kernel.backward(input.castTo(type), w, dz, dx, dw, db);
    Gradient gradient = new DefaultGradient();
    if (db != null) {
      gradient.setGradientFor(BIAS, db);
    }
    gradient.setGradientFor(WEIGHT, dw);
    return new Pair<>(gradient, dx);
  }
}
