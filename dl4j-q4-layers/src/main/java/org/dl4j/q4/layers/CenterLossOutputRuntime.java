package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.training.CenterLossOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Deeplearning4j's own layer on quantized weights. */
final class CenterLossOutputRuntime extends CenterLossOutputLayer {

  // Transient because DL4J declares its output layers Serializable; nothing serializes them.
  private final transient LayerQuantization weights = new LayerQuantization(this);

  CenterLossOutputRuntime(NeuralNetConfiguration conf, DataType dataType) {
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
    weightNoiseParams.clear(); // an earlier score's noise is not this step's
    // This step's weights, once for all uses: training does not come by activate().
    getParamWithNoise(DefaultParamInitializer.WEIGHT_KEY, true, workspaceMgr);
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
