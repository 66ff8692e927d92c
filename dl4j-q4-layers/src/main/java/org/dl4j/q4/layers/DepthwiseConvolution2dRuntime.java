package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.DepthwiseConvolution2DLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Deeplearning4j's own layer on quantized weights. */
final class DepthwiseConvolution2dRuntime extends DepthwiseConvolution2DLayer {

  private final LayerQuantization weights = new LayerQuantization(this);

  DepthwiseConvolution2dRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  protected INDArray getParamWithNoise(
      String param, boolean training, LayerWorkspaceMgr workspaceMgr) {
    return weights.values(param, super.getParamWithNoise(param, training, workspaceMgr), training);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    return weights.backward(gradientViews, () -> super.backpropGradient(epsilon, workspaceMgr));
  }

  @Override
  public void applyConstraints(int iteration, int epoch) {
    super.applyConstraints(iteration, epoch);
    weights.softClip();
  }

  @Override
  public boolean updaterDivideByMinibatch(String paramName) {
    return super.updaterDivideByMinibatch(paramName) && weights.updaterDivideByMinibatch(paramName);
  }
}
