package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's output layer on quantized weights. In training, its forward pass is part of its backward
 * pass: {@code backpropGradient} computes the pre-activations first.
 */
final class OutputRuntime extends OutputLayer {

  private static final String WEIGHT = DefaultParamInitializer.WEIGHT_KEY;

  // Transient because DL4J declares its output layers Serializable; nothing serializes them.
  private final transient LayerWeights weights = new LayerWeights(this, WEIGHT);

  OutputRuntime(NeuralNetConfiguration conf, DataType dataType) {
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
    // DL4J's training step does not come this way (it calls preOutput2d), so weight noise drawn
    // here
    // belongs to this call alone: neither take an earlier call's nor leave ours behind.
    weightNoiseParams.clear();
    try {
      return super.activate(training, workspaceMgr);
    } finally {
      weightNoiseParams.clear();
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    weightNoiseParams.clear(); // an earlier score's noise is not this step's
    getParamWithNoise(WEIGHT, true, workspaceMgr); // this step's weights, once for all uses
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
