package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Deeplearning4j's own layer on quantized weights. */
@SuppressWarnings("deprecation")
final class GravesBidirectionalLstmRuntime extends GravesBidirectionalLSTM {

  private final LayerQuantization weights = new LayerQuantization(this);

  GravesBidirectionalLstmRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray getParam(String param) {
    return weights.valuesInPass(param, super.getParam(param));
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    return weights.pass(training, () -> super.activate(training, workspaceMgr));
  }

  /** The parent does not come by the method above here. */
  @Override
  public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaceMgr) {
    return weights.pass(training, () -> super.activate(input, training, workspaceMgr));
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean storeLastForTbptt, LayerWorkspaceMgr workspaceMgr) {
    return weights.pass(
        training,
        () -> super.rnnActivateUsingStoredState(input, training, storeLastForTbptt, workspaceMgr));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    return weights.backward(gradientViews, () -> super.backpropGradient(epsilon, workspaceMgr));
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int tbpttBackLength, LayerWorkspaceMgr workspaceMgr) {
    return weights.backward(
        gradientViews, () -> super.tbpttBackpropGradient(epsilon, tbpttBackLength, workspaceMgr));
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
