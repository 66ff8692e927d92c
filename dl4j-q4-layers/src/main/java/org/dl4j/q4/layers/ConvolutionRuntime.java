package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.kernels.ConvolutionKernel;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.kernels.Window2d;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * 2D convolution, 4-bit or full precision. Where there is a {@link ConvolutionKernel} for it, it
 * runs on that, and the pre-activations that the backward pass needs are kept from the forward pass
 * instead of being computed again, as DL4J's layer does; elsewhere it is DL4J's layer with other
 * weights.
 */
final class ConvolutionRuntime extends ConvolutionLayer {

  private static final String WEIGHT = ConvolutionParamInitializer.WEIGHT_KEY;
  private static final String BIAS = ConvolutionParamInitializer.BIAS_KEY;

  private final LayerWeights weights = new LayerWeights(this, WEIGHT);

  /** Null where DL4J's own code is to run. */
  private final ConvolutionKernel kernel;

  /** z of the last training forward pass, where the activation's gradient needs it. */
  private INDArray preActivation;

  /** The input that {@link #preActivation} belongs to. */
  private INDArray preActivationInput;

  ConvolutionRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    this.kernel = Kernels.current().convolution(Window2d.of(layerConf()), dataType).orElse(null);
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
  protected Pair<INDArray, INDArray> preOutput(
      boolean training, boolean forBackprop, LayerWorkspaceMgr workspaceMgr) {
    if (kernel == null) {
      return super.preOutput(training, forBackprop, workspaceMgr);
    }
    assertInputSet(false);
    validateInputRank();
    INDArray w = getParamWithNoise(WEIGHT, training, workspaceMgr);
    INDArray b = hasBias() ? getParamWithNoise(BIAS, training, workspaceMgr) : null;
    INDArray x = input.castTo(dataType);
    validateInputDepth(w.size(1));

    INDArray z =
        workspaceMgr.createUninitialized(
            ArrayType.ACTIVATIONS,
            dataType,
            Window2d.of(layerConf()).outputShape(x, w.size(0)),
            'c');
    kernel.forward(x, weights.forKernel(w), b, z);
    if (training && !forBackprop && activationNeedsZ()) {
      // The activation function works in place, so its input has to be copied to outlive it.
      preActivation = workspaceMgr.dup(ArrayType.ACTIVATIONS, z);
      preActivationInput = input;
    }
    return new Pair<>(z, null);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    weights.beginBackward();
    try {
      Pair<Gradient, INDArray> result =
          kernel != null
              ? kernelBackprop(epsilon, workspaceMgr)
              : super.backpropGradient(epsilon, workspaceMgr);
      FixedScaleInitializer.addZeroGradient(layerConf(), gradientViews, result.getFirst());
      return result;
    } finally {
      weights.endBackward();
      weightNoiseParams.clear();
      forgetPreActivation();
    }
  }

  private Pair<Gradient, INDArray> kernelBackprop(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    INDArray x = input.castTo(dataType);
    INDArray dz = preActivationGradient(epsilon.castTo(dataType), workspaceMgr);
    INDArray w = getParamWithNoise(WEIGHT, true, workspaceMgr);
    INDArray b = hasBias() ? getParamWithNoise(BIAS, true, workspaceMgr) : null;
    INDArray dw = gradientViews.get(WEIGHT);
    INDArray db = hasBias() ? gradientViews.get(BIAS) : null;
    INDArray dx =
        workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
    boolean needed = InputGradient.isNeeded(this);
    kernel.backward(x, weights.forKernel(w), b, dz, needed ? dx : null, dw, db);
    if (!needed) {
      dx.assign(0);
    }

    Gradient gradient = new DefaultGradient();
    if (hasBias()) {
      gradient.setGradientFor(BIAS, db);
    }
    gradient.setGradientFor(WEIGHT, dw, 'c');
    return new Pair<>(gradient, backpropDropOutIfPresent(dx));
  }

  private INDArray preActivationGradient(INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    IActivation activation = layerConf().getActivationFn();
    if (!activationNeedsZ()) {
      return epsilon;
    }
    boolean keptFromForward = preActivation != null && preActivationInput == input;
    INDArray z = keptFromForward ? preActivation : preOutput(true, true, workspaceMgr).getFirst();
    return activation.backprop(z, epsilon).getFirst();
  }

  private boolean activationNeedsZ() {
    return !(layerConf().getActivationFn() instanceof ActivationIdentity);
  }

  private void forgetPreActivation() {
    preActivation = null;
    preActivationInput = null;
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

  @Override
  public void clear() {
    super.clear();
    forgetPreActivation();
  }
}
