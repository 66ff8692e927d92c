package org.dl4j.q4.examples.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.QuantizedTensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Which codes the weights of a layer have. */
final class LayerLevels {

  private final String name;
  private final long[] shape;
  private final INDArray scale;

  /** Of the codes −q, …, q. */
  private final long[] histogram;

  private LayerLevels(String name, QuantizedTensor weights) {
    this.name = name;
    this.shape = weights.codes().shape();
    this.scale = weights.scale();
    this.histogram = weights.histogram();
  }

  /**
   * @param layers of a network
   * @return those of them whose weights are quantized
   */
  static List<LayerLevels> of(Layer[] layers) {
    List<LayerLevels> levels = new ArrayList<>();
    for (Layer layer : layers) {
      Map<String, QuantizedTensor> all = QuantizedWeights.of(layer);
      all.forEach(
          (key, weights) ->
              levels.add(
                  new LayerLevels(name(layer) + (all.size() > 1 ? " " + key : ""), weights)));
    }
    return levels;
  }

  /**
   * @param layer of a network
   * @return its name, or its number if it has none
   */
  static String name(Layer layer) {
    String name = layer.conf().getLayer().getLayerName();
    return name == null ? "layer " + layer.getIndex() : name;
  }

  String name() {
    return name;
  }

  /**
   * @return the weights' shape, such as 64×3×3×3
   */
  String shape() {
    return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining("×"));
  }

  /**
   * @return number of weights
   */
  long weights() {
    return Arrays.stream(histogram).sum();
  }

  /**
   * @return the largest code q
   */
  int maxCode() {
    return histogram.length / 2;
  }

  /**
   * @return number of different codes that occur
   */
  int levels() {
    return histogram.length - missing().length;
  }

  /**
   * @return the codes that do not occur, rising
   */
  int[] missing() {
    return IntStream.rangeClosed(-maxCode(), maxCode()).filter(code -> count(code) == 0).toArray();
  }

  /**
   * @return the part of the weights that are 0, from 0 to 1
   */
  double shareOfZeros() {
    return (double) count(0) / weights();
  }

  /**
   * @return number of weights that are −q
   */
  long atLowerEnd() {
    return count(-maxCode());
  }

  /**
   * @return number of weights that are q
   */
  long atUpperEnd() {
    return count(maxCode());
  }

  private long count(int code) {
    return histogram[code + maxCode()];
  }

  double smallestScale() {
    return scale.minNumber().doubleValue();
  }

  double largestScale() {
    return scale.maxNumber().doubleValue();
  }

  long scales() {
    return scale.length();
  }
}
