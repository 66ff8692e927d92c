package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.kernels.DenseKernel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's output layer on quantized weights, and on a {@link DenseKernel} where there is one. In
 * training, its forward pass is part of its backward pass: {@code backpropGradient} computes the
 * pre-activations first.
 */
final class OutputRuntime extends OutputLayer {

  private static final String WEIGHT = DefaultParamInitializer.WEIGHT_KEY;
  private static final String BIAS = DefaultParamInitializer.BIAS_KEY;

  // Transient because DL4J declares its output layers Serializable; nothing serializes them.
  private final transient LayerWeights weights = new LayerWeights(this, WEIGHT);

  private final transient DensePass pass;

  OutputRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    this.pass = new DensePass(dataType, true);
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
  protected Pair<INDArray, INDArray> preOutputWithPreNorm(
      boolean training, boolean forBackprop, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(forBackprop);
    if (!kernelFits()) {
      return super.preOutputWithPreNorm(training, forBackprop, workspaceMgr);
    }
    applyDropOutIfNecessary(training, workspaceMgr);
    INDArray w = getParamWithNoise(WEIGHT, training, workspaceMgr);
    INDArray b = hasBias() ? getParamWithNoise(BIAS, training, workspaceMgr) : null;
    INDArray z = pass.forward(input, weights.forKernel(w), b, workspaceMgr);
    return new Pair<>(z, z);
  }

  private boolean kernelFits() {
    return pass.fits(input, getParam(WEIGHT), maskArray);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    weightNoiseParams.clear(); // an earlier score's noise is not this step's
    getParamWithNoise(WEIGHT, true, workspaceMgr); // this step's weights, once for all uses
    weights.beginBackward();
    try {
      Pair<Gradient, INDArray> result =
          kernelFits()
              ? kernelBackprop(workspaceMgr)
              : super.backpropGradient(epsilon, workspaceMgr);
      FixedScaleInitializer.addZeroGradient(layerConf(), gradientViews, result.getFirst());
      return result;
    } finally {
      weights.endBackward();
    }
  }

  private Pair<Gradient, INDArray> kernelBackprop(LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    INDArray z = preOutput2d(true, workspaceMgr);
    INDArray labels2d = getLabels2d(workspaceMgr, ArrayType.BP_WORKING_MEM);
    INDArray dz =
        layerConf().getLossFn().computeGradient(labels2d, z, layerConf().getActivationFn(), null);
    INDArray w = getParamWithNoise(WEIGHT, true, workspaceMgr);
    Pair<Gradient, INDArray> result =
        pass.backward(input, weights.forKernel(w), dz, gradientViews, workspaceMgr);
    // As in DL4J's layer, weight noise is kept: the score is computed with it, too.
    return new Pair<>(result.getFirst(), backpropDropOutIfPresent(result.getSecond()));
  }

  @Override
  public void applyConstraints(int iteration, int epoch) {
    super.applyConstraints(iteration, epoch);
    weights.softClip();
  }

  @Override
  public boolean updaterDivideByMinibatch(String paramName) {
    return !FixedScaleInitializer.isScale(layerConf(), paramName);
  }
}
