package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's dense layer, whose matrix products are as fast as the host allows, on quantized weights.
 */
final class DenseRuntime extends DenseLayer {

  private final LayerWeights weights = new LayerWeights(this, DefaultParamInitializer.WEIGHT_KEY);

  DenseRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  protected INDArray getParamWithNoise(
      String param, boolean training, LayerWorkspaceMgr workspaceMgr) {
    INDArray value = super.getParamWithNoise(param, training, workspaceMgr);
    return weights.quantizes(param) ? weights.quantized(value, training) : value;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    if (training) {
      // A training pass without a backward pass leaves its weight noise behind; draw anew.
      weightNoiseParams.clear();
    }
    return super.activate(training, workspaceMgr);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    weights.beginBackward();
    try {
      Pair<Gradient, INDArray> result = super.backpropGradient(epsilon, workspaceMgr);
      FixedScaleInitializer.addZeroGradient(gradientViews, result.getFirst());
      return result;
    } finally {
      weights.endBackward();
    }
  }

  @Override
  public void applyConstraints(int iteration, int epoch) {
    super.applyConstraints(iteration, epoch);
    weights.softClip();
  }

  @Override
  public boolean updaterDivideByMinibatch(String paramName) {
    return !FixedScaleInitializer.SCALE.equals(paramName);
  }
}
