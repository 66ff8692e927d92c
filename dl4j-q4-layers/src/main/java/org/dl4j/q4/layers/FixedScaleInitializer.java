package org.dl4j.q4.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * The parameters of a layer whose scales are fixed: its parent's, then one for each quantized
 * parameter, shape [1] or [channels], 0 until the first training forward pass sets it. The scale of
 * {@code W} is called {@code s}, that of another parameter {@code P} is called {@code sP}. Being a
 * parameter, a scale is saved, cloned and averaged with the others; no updater, regularization or
 * constraint touches it.
 */
final class FixedScaleInitializer implements ParamInitializer {

  private static final String SCALE = "s";

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
    // By the configuration: center loss counts its centers there alone.
    return parent.numParams(conf) + scaleCount(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return parent.numParams(layer) + scaleCount(layer);
  }

  private static long scaleCount(Layer layer) {
    long scales = 0;
    for (QuantizedParameter parameter : parameters(layer)) {
      scales += scaleCount(layer, parameter);
    }
    return scales;
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>(parent.paramKeys(layer));
    parameters(layer).forEach(parameter -> keys.add(scaleKey(parameter.key())));
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
    scaleViews(conf, paramsView)
        .forEach(
            (key, scale) -> {
              if (initializeParams) {
                scale.assign(0);
              }
              params.put(key, scale);
              conf.addVariable(key);
            });
    return params;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    Map<String, INDArray> gradients =
        parent.getGradientsFromFlattened(conf, parentView(conf, gradientView));
    gradients.putAll(scaleViews(conf, gradientView));
    return gradients;
  }

  /**
   * @param weightKey name of a quantized parameter
   * @return name of the parameter that is its scale
   */
  static String scaleKey(String weightKey) {
    return DefaultParamInitializer.WEIGHT_KEY.equals(weightKey) ? SCALE : SCALE + weightKey;
  }

  /**
   * @param layer a configuration
   * @param paramName name of a parameter
   * @return whether that is a scale
   */
  static boolean isScale(Layer layer, String paramName) {
    return parameters(layer).stream().anyMatch(p -> scaleKey(p.key()).equals(paramName));
  }

  /**
   * A layer hands out a gradient for each of its parameters; a fixed scale's is zero.
   *
   * @param layer its configuration
   * @param gradientViews the layer's views of the flattened gradient
   * @param gradient the layer's gradient, to which the scales' are added if there are any
   */
  static void addZeroGradient(Layer layer, Map<String, INDArray> gradientViews, Gradient gradient) {
    for (QuantizedParameter parameter : parameters(layer)) {
      String key = scaleKey(parameter.key());
      INDArray scaleGradient = gradientViews.get(key);
      if (scaleGradient != null) {
        gradient.setGradientFor(key, scaleGradient.assign(0));
      }
    }
  }

  /**
   * @param layer a configuration
   * @param paramName a parameter's name
   * @param parentUpdater the parent layer's updater for it
   * @return the updater to use: none for a scale
   */
  static IUpdater updater(Layer layer, String paramName, IUpdater parentUpdater) {
    return isScale(layer, paramName) ? new NoOp() : parentUpdater;
  }

  private static List<QuantizedParameter> parameters(Layer layer) {
    return layer instanceof QuantizedLayer
        ? ((QuantizedLayer) layer).quantizedParameters()
        : List.of();
  }

  private INDArray parentView(NeuralNetConfiguration conf, INDArray view) {
    return view.reshape(view.length()).get(NDArrayIndex.interval(0, parent.numParams(conf)));
  }

  private Map<String, INDArray> scaleViews(NeuralNetConfiguration conf, INDArray view) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    Layer layer = conf.getLayer();
    long from = parent.numParams(conf);
    for (QuantizedParameter parameter : parameters(layer)) {
      long to = from + scaleCount(layer, parameter);
      views.put(
          scaleKey(parameter.key()),
          view.reshape(view.length()).get(NDArrayIndex.interval(from, to)));
      from = to;
    }
    return views;
  }

  private static long scaleCount(Layer layer, QuantizedParameter parameter) {
    Granularity granularity = ((QuantizedLayer) layer).getQuantization().getGranularity();
    return granularity == Granularity.PER_TENSOR ? 1 : parameter.channels();
  }
}
