package org.dl4j.q4.layers;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.layers.recurrent.BidirectionalLayer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.dl4j.q4.quant.Dequantizer;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.quant.Quantizer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The quantized weights of a network's layers, as their inference passes use them. */
public final class QuantizedWeights {

  private QuantizedWeights() {}

  /**
   * The integer weights of a layer, computed from its float weights as they are now. A wrapper,
   * such as a frozen layer, stands for the layer inside it; {@code Bidirectional} has those of both
   * directions, their names beginning with f and b as its parameters' do.
   *
   * @param layer a layer of a network
   * @return the codes and scales of its quantized parameters, by their names; none if its weights
   *     are not quantized
   * @throws org.dl4j.q4.quant.NonFiniteWeightException if weights hold a NaN or an infinity
   */
  public static Map<String, QuantizedTensor> of(Layer layer) {
    return each(layer, (quantizer, weights) -> quantizer.integers(weights.array, weights.scale()));
  }

  /**
   * The values that a layer's passes multiply with, {@code code · scale}, computed from its float
   * weights as they are now.
   *
   * @param layer a layer of a network
   * @return new arrays by the names of its quantized parameters, each of the parameter's shape
   * @throws org.dl4j.q4.quant.NonFiniteWeightException if weights hold a NaN or an infinity
   */
  public static Map<String, INDArray> values(Layer layer) {
    return each(
        layer,
        (quantizer, weights) -> {
          INDArray values = weights.array.ulike();
          quantizer.quantize(weights.array, weights.scale(), values);
          return values;
        });
  }

  /**
   * What {@link #of} computes from. Never fails for what the weights hold.
   *
   * @param layer a layer of a network
   * @return the parameters themselves by their names; none if its weights are not quantized
   */
  public static Map<String, INDArray> floats(Layer layer) {
    return each(layer, (quantizer, weights) -> weights.array);
  }

  /**
   * @param layer a layer of a network
   * @return the names of those of its parameters that are fixed scales
   */
  public static Set<String> fixedScales(Layer layer) {
    Set<String> names = new HashSet<>();
    for (String key : each(layer, (quantizer, weights) -> weights.scaleKey).values()) {
      names.add(key);
    }
    names.retainAll(layer.paramTable().keySet());
    return names;
  }

  /**
   * Sets a layer's float weights so that {@link #of} gives these codes and scales again, and its
   * passes the values that go with them. A fixed scale must have been set before.
   *
   * @param layer a layer of a network
   * @param tensors what {@link #of} gave for a layer of the same configuration
   * @throws IllegalArgumentException if they are not of such a layer
   */
  public static void restore(Layer layer, Map<String, QuantizedTensor> tensors) {
    Map<String, INDArray> parameters = layer.paramTable();
    Set<String> quantized =
        each(
                layer,
                (quantizer, weights) -> {
                  QuantizedTensor tensor = tensors.get(weights.key);
                  require(tensor != null, layer, weights.key, "is missing");
                  require(
                      tensor.bits() == quantizer.bits()
                          && tensor.channelDimension() == quantizer.channelDimension()
                          && tensor.scale().length() == quantizer.scaleCount(weights.array)
                          && tensor.scale().dataType() == weights.array.dataType()
                          && Arrays.equals(tensor.codes().shape(), weights.array.shape()),
                      layer,
                      weights.key,
                      String.format(
                          "should be %s, found %s", quantizer.describe(weights.array), tensor));
                  INDArray fixed = parameters.get(weights.scaleKey);
                  boolean isFixed = fixed != null && fixed.getDouble(0) > 0;
                  require(
                      !isFixed || !fixed.reshape(fixed.length()).neq(tensor.scale()).any(),
                      layer,
                      weights.key,
                      "has another scale than the layer's fixed one");
                  weights.array.assign(
                      isFixed ? Dequantizer.values(tensor) : Dequantizer.weights(tensor));
                  return true;
                })
            .keySet();
    tensors
        .keySet()
        .forEach(key -> require(quantized.contains(key), layer, key, "is not quantized there"));
  }

  private static void require(boolean condition, Layer layer, String key, String what) {
    if (!condition) {
      throw new IllegalArgumentException(LayerWeights.describe(layer, key) + " " + what);
    }
  }

  private static final class Weights {
    private final INDArray array;
    private final Supplier<INDArray> scale;
    private final String key;
    private final String scaleKey;

    Weights(String key, INDArray array, Supplier<INDArray> scale, String scaleKey) {
      this.key = key;
      this.array = array;
      this.scale = scale;
      this.scaleKey = scaleKey;
    }

    INDArray scale() {
      return scale.get();
    }
  }

  private static <T> Map<String, T> each(Layer layer, BiFunction<Quantizer, Weights, T> result) {
    Layer inner = layer;
    while (inner instanceof BaseWrapperLayer) {
      inner = ((BaseWrapperLayer) inner).getUnderlying();
    }
    Map<String, T> results = new LinkedHashMap<>();
    org.deeplearning4j.nn.conf.layers.Layer conf = inner.conf().getLayer();
    if (inner instanceof BidirectionalLayer) {
      add("f", inside(((Bidirectional) conf).getFwd()), inner, result, results);
      add("b", inside(((Bidirectional) conf).getBwd()), inner, result, results);
    } else {
      add("", conf, inner, result, results);
    }
    return results;
  }

  /** Of a direction's wrappers, such as {@code LastTimeStep}, which leave the names as they are. */
  private static org.deeplearning4j.nn.conf.layers.Layer inside(
      org.deeplearning4j.nn.conf.layers.Layer conf) {
    org.deeplearning4j.nn.conf.layers.Layer inner = conf;
    while (inner instanceof org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer) {
      inner = ((org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer) inner).getUnderlying();
    }
    return inner;
  }

  private static <T> void add(
      String prefix,
      org.deeplearning4j.nn.conf.layers.Layer conf,
      Layer runtime,
      BiFunction<Quantizer, Weights, T> result,
      Map<String, T> results) {
    if (!(conf instanceof QuantizedLayer)) {
      return;
    }
    QuantizedLayer layer = (QuantizedLayer) conf;
    for (QuantizedParameter parameter : layer.quantizedParameters()) {
      Quantizer quantizer =
          new Quantizer(
              layer.getQuantization().getBits(),
              layer.getQuantization().getGranularity(),
              parameter.channelDimension());
      String key = prefix + parameter.key();
      INDArray weights = runtime.paramTable().get(key);
      String scaleKey = prefix + FixedScaleInitializer.scaleKey(parameter.key());
      INDArray fixed = runtime.paramTable().get(scaleKey);
      Supplier<INDArray> scale =
          () ->
              fixed != null && fixed.getDouble(0) > 0
                  ? fixed
                  : quantizer.scale(weights, () -> LayerWeights.describe(runtime, key));
      results.put(key, result.apply(quantizer, new Weights(key, weights, scale, scaleKey)));
    }
  }
}
