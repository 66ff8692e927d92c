package org.dl4j.q4.onnx;

import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.dl4j.q4.network.Step;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;

/** What steps are to the rounding of activations. */
final class StepKinds {

  private StepKinds() {}

  /** Whether it is written as a {@code Conv} or a {@code Gemm}. */
  static boolean isProduct(Step step) {
    return step.isLayer()
        && (LayerExports.of(step) instanceof ConvolutionExport
            || LayerExports.of(step) instanceof DenseExport);
  }

  /** Whether it is a convolution whose activation function rounding to 8 bits can do as well. */
  static boolean isConvolutionUpToReLU(Step step) {
    if (!isProduct(step) || !(conf(step) instanceof ConvolutionLayer)) {
      return false;
    }
    IActivation activation = ((ConvolutionLayer) conf(step)).getActivationFn();
    return activation instanceof ActivationIdentity || isReLU(activation);
  }

  /** Whether it is a ReLU and no more. */
  static boolean isReLU(Step step) {
    return step.isLayer()
        && conf(step) instanceof ActivationLayer
        && isReLU(((ActivationLayer) conf(step)).getActivationFn());
  }

  /** Whether every number that comes out has come in. */
  static boolean passesOn(Step step) {
    if (!step.isLayer()) {
      return false;
    }
    Layer conf = conf(step);
    return conf instanceof DropoutLayer
        || (conf instanceof SubsamplingLayer
            && ((SubsamplingLayer) conf).getPoolingType() == PoolingType.MAX)
        || (conf instanceof ActivationLayer
            && ((ActivationLayer) conf).getActivationFn() instanceof ActivationIdentity);
  }

  private static boolean isReLU(IActivation activation) {
    return activation instanceof ActivationReLU || activation instanceof ActivationReLU6;
  }

  private static Layer conf(Step step) {
    return step.layer().conf().getLayer();
  }
}
