package org.dl4j.q4.layers;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * Swaps Deeplearning4j's convolution, dense, batch norm, pooling and activation layers of a whole
 * configuration for the ones of this library, which compute the same on the kernels in use. Layers
 * keep their order, names and parameters; nothing is quantized. Results differ by the kernels'
 * rounding, and a {@code DecoupledWeightDecay} then reaches batch norm's γ and β. All other layers,
 * those of this library among them, stay as they are.
 *
 * <p>The parameters of a trained network fit the swapped configuration as they are: {@code new
 * MultiLayerNetwork(FastLayers.swap(conf)).init(network.params(), true)}.
 */
public final class FastLayers {

  private static final Map<String, String> SWAPS =
      Map.of(
          ConvolutionLayer.class.getName(), FastConvolutionLayer.class.getName(),
          DenseLayer.class.getName(), FastDenseLayer.class.getName(),
          BatchNormalization.class.getName(), FastBatchNormalization.class.getName(),
          SubsamplingLayer.class.getName(), FastSubsamplingLayer.class.getName(),
          ActivationLayer.class.getName(), FastActivationLayer.class.getName());

  // The class of every part of a configuration is a property of its JSON object; our layers have
  // the properties of their parents, under the same names.
  private static final Pattern CLASS = Pattern.compile("(\"@class\"\\s*:\\s*\")([^\"]+)\"");

  private FastLayers() {}

  /**
   * @param configuration left as it is
   * @return the configuration with the layers swapped
   */
  public static MultiLayerConfiguration swap(MultiLayerConfiguration configuration) {
    return MultiLayerConfiguration.fromJson(swapClasses(configuration.toJson()));
  }

  /**
   * @param configuration left as it is
   * @return the configuration with the layers swapped
   */
  public static ComputationGraphConfiguration swap(ComputationGraphConfiguration configuration) {
    return ComputationGraphConfiguration.fromJson(swapClasses(configuration.toJson()));
  }

  private static String swapClasses(String json) {
    return CLASS
        .matcher(json)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1) + SWAPS.getOrDefault(match.group(2), match.group(2)) + '"'));
  }
}
