package org.dl4j.q4.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * The parameters of a layer whose scale is fixed: its parent's, then {@value #SCALE}, shape [1] or
 * [channels], 0 until the first training forward pass sets it. Being a parameter, the scale is
 * saved, cloned and averaged with the others; no updater, regularization or constraint touches it.
 */
final class FixedScaleInitializer implements ParamInitializer {

  /** Key of the scale among the parameters. */
  static final String SCALE = "s";

  private final ParamInitializer parent;

  private FixedScaleInitializer(ParamInitializer parent) {
    this.parent = parent;
  }

  /**
   * @param quantization the layer's options, null while its parent's constructor still runs
   * @param parent the parent layer's initializer
   * @return the initializer that the options ask for
   */
  static ParamInitializer of(WeightQuantization quantization, ParamInitializer parent) {
    return quantization != null && quantization.getScaleMode() == ScaleMode.FIXED
        ? new FixedScaleInitializer(parent)
        : parent;
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return parent.numParams(layer) + scaleCount(layer);
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>(parent.paramKeys(layer));
    keys.add(SCALE);
    return keys;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return parent.weightKeys(layer);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return parent.biasKeys(layer);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return parent.isWeightParam(layer, key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return parent.isBiasParam(layer, key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
    Map<String, INDArray> params =
        parent.init(conf, parentView(conf, paramsView), initializeParams);
    INDArray scale = scaleView(conf, paramsView);
    if (initializeParams) {
      scale.assign(0);
    }
    params.put(SCALE, scale);
    conf.addVariable(SCALE);
    return params;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    Map<String, INDArray> gradients =
        parent.getGradientsFromFlattened(conf, parentView(conf, gradientView));
    gradients.put(SCALE, scaleView(conf, gradientView));
    return gradients;
  }

  /**
   * A layer hands out a gradient for each of its parameters; the fixed scale's is zero.
   *
   * @param gradientViews the layer's views of the flattened gradient
   * @param gradient the layer's gradient, to which the scale's is added if there is one
   */
  static void addZeroGradient(Map<String, INDArray> gradientViews, Gradient gradient) {
    INDArray scaleGradient = gradientViews.get(SCALE);
    if (scaleGradient != null) {
      gradient.setGradientFor(SCALE, scaleGradient.assign(0));
    }
  }

  /**
   * @param paramName a parameter's name
   * @param parentUpdater the parent layer's updater for it
   * @return the updater to use: none for the scale
   */
  static IUpdater updater(String paramName, IUpdater parentUpdater) {
    return SCALE.equals(paramName) ? new NoOp() : parentUpdater;
  }

  private INDArray parentView(NeuralNetConfiguration conf, INDArray view) {
    return view.reshape(view.length())
        .get(NDArrayIndex.interval(0, parent.numParams(conf.getLayer())));
  }

  private INDArray scaleView(NeuralNetConfiguration conf, INDArray view) {
    return view.reshape(view.length())
        .get(NDArrayIndex.interval(parent.numParams(conf.getLayer()), view.length()));
  }

  private static long scaleCount(Layer layer) {
    Granularity granularity = ((QuantizedLayer) layer).getQuantization().getGranularity();
    return granularity == Granularity.PER_TENSOR ? 1 : ((FeedForwardLayer) layer).getNOut();
  }
}
