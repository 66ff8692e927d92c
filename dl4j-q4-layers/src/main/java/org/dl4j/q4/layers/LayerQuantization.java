package org.dl4j.q4.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All quantized weights of a runtime layer that is Deeplearning4j's own code on other weights: what
 * each of these layers does at the same places.
 *
 * <p>Deeplearning4j reads weights by {@code getParamWithNoise}, which says whether the pass is a
 * training pass; such layers hand them out by {@link #values(String, INDArray, boolean)}. Where it
 * reads them by {@code getParam}, which also serves whoever looks at a network, they are quantized
 * within {@link #pass} and {@link #backward} alone, by {@link #valuesInPass}.
 */
final class LayerQuantization {

  private enum Kind {
    NONE,
    INFERENCE,
    TRAINING
  }

  private final Layer layer;
  private final Map<String, LayerWeights> weights = new LinkedHashMap<>();
  private Kind pass = Kind.NONE;

  /**
   * @param layer whose configuration is a {@link QuantizedLayer}
   */
  LayerQuantization(Layer layer) {
    this.layer = layer;
    for (QuantizedParameter parameter :
        ((QuantizedLayer) layer.conf().getLayer()).quantizedParameters()) {
      weights.put(parameter.key(), new LayerWeights(layer, parameter.key()));
    }
  }

  /**
   * @param param a parameter's name
   * @param value its float values, after any weight noise
   * @param training whether the pass is a training pass
   * @return the quantized values, or the same if this parameter is not quantized
   */
  INDArray values(String param, INDArray value, boolean training) {
    LayerWeights quantized = weights.get(param);
    return quantized == null ? value : quantized.quantized(value, training);
  }

  /**
   * @param param a parameter's name
   * @param value its float values
   * @return within a pass the quantized values, if this parameter is quantized; else the same
   */
  INDArray valuesInPass(String param, INDArray value) {
    return pass == Kind.NONE ? value : values(param, value, pass == Kind.TRAINING);
  }

  /**
   * Runs a forward pass, or what else computes with the weights.
   *
   * @param training whether it is a training pass
   * @param computation the pass
   * @return what it returns
   */
  <T> T pass(boolean training, Supplier<T> computation) {
    Kind before = pass;
    pass = training ? Kind.TRAINING : Kind.INFERENCE;
    try {
      return computation.get();
    } finally {
      pass = before;
    }
  }

  /**
   * Runs a backward pass, with the weights of the training forward pass before it.
   *
   * @param gradientViews the layer's views of the flattened gradient
   * @param computation the pass
   * @return its gradient, with those of fixed scales
   */
  Pair<Gradient, INDArray> backward(
      Map<String, INDArray> gradientViews, Supplier<Pair<Gradient, INDArray>> computation) {
    weights.values().forEach(LayerWeights::beginBackward);
    try {
      Pair<Gradient, INDArray> result = pass(true, computation);
      FixedScaleInitializer.addZeroGradient(
          layer.conf().getLayer(), gradientViews, result.getFirst());
      return result;
    } finally {
      weights.values().forEach(LayerWeights::endBackward);
    }
  }

  /** To be called once after each update. */
  void softClip() {
    weights.values().forEach(LayerWeights::softClip);
  }

  /**
   * @param paramName name of a parameter
   * @return whether its gradient is a sum over the batch: all but a fixed scale's
   */
  boolean updaterDivideByMinibatch(String paramName) {
    return !FixedScaleInitializer.isScale(layer.conf().getLayer(), paramName);
  }
}
