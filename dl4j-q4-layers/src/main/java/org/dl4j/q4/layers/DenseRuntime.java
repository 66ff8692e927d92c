package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.kernels.DenseKernel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear layer, 4-bit or full precision. Where there is a {@link DenseKernel} and the layer is a
 * plain one, without layer normalization and masks, it runs on that; elsewhere it is DL4J's layer
 * with other weights.
 */
final class DenseRuntime extends DenseLayer {

  private static final String WEIGHT = DefaultParamInitializer.WEIGHT_KEY;
  private static final String BIAS = DefaultParamInitializer.BIAS_KEY;

  private final LayerWeights weights = new LayerWeights(this, WEIGHT);

  private final DensePass pass;

  DenseRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    this.pass = new DensePass(dataType, !hasLayerNorm());
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

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    weights.beginBackward();
    try {
      Pair<Gradient, INDArray> result =
          kernelFits()
              ? kernelBackprop(epsilon, workspaceMgr)
              : super.backpropGradient(epsilon, workspaceMgr);
      FixedScaleInitializer.addZeroGradient(layerConf(), gradientViews, result.getFirst());
      return result;
    } finally {
      weights.endBackward();
    }
  }

  private Pair<Gradient, INDArray> kernelBackprop(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    // Done by the forward pass already, unless that ran in test mode (frozen with backprop).
    applyDropOutIfNecessary(true, workspaceMgr);
    INDArray dz = epsilon.castTo(dataType);
    if (!(layerConf().getActivationFn() instanceof ActivationIdentity)) {
      INDArray z = preOutputWithPreNorm(true, true, workspaceMgr).getFirst();
      dz = layerConf().getActivationFn().backprop(z, dz).getFirst();
    }
    INDArray w = getParamWithNoise(WEIGHT, true, workspaceMgr);
    Pair<Gradient, INDArray> result =
        pass.backward(input, weights.forKernel(w), dz, gradientViews, workspaceMgr);
    weightNoiseParams.clear();
    return new Pair<>(result.getFirst(), backpropDropOutIfPresent(result.getSecond()));
  }

  private boolean kernelFits() {
    return pass.fits(input, getParam(WEIGHT), maskArray);
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
