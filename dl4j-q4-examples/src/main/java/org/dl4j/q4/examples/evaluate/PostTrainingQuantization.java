package org.dl4j.q4.examples.evaluate;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Quantizes the weights of a network that was trained at full precision, without training it
 * further: each weight tensor W becomes {@code code · scale} by the {@link Quantizer}; biases and
 * batch norm stay as they are, and its running statistics too.
 */
final class PostTrainingQuantization {

  private final int bits;
  private final Granularity granularity;

  PostTrainingQuantization(int bits, Granularity granularity) {
    this.bits = bits;
    this.granularity = granularity;
  }

  /**
   * Replaces the weights in place.
   *
   * @param layers of a network, of fully connected, convolution and other kinds
   * @return how many layers' weights were quantized
   * @throws IllegalArgumentException if a layer quantizes its weights itself
   */
  int apply(Layer[] layers) {
    int quantized = 0;
    for (Layer layer : layers) {
      String name = layer.conf().getLayer().getLayerName();
      if (!QuantizedWeights.of(layer).isEmpty()) {
        throw new IllegalArgumentException(
            "Expected a network of float weights to quantize; layer " + name + " has 4-bit ones");
      }
      INDArray weights = layer.paramTable().get(DefaultParamInitializer.WEIGHT_KEY);
      if (weights != null) {
        quantize(weights, name);
        quantized++;
      }
    }
    return quantized;
  }

  private void quantize(INDArray weights, String name) {
    int channels = weights.rank() == 4 ? 0 : 1; // [out, in, height, width] or [in, out]
    Quantizer quantizer = new Quantizer(bits, granularity, channels);
    INDArray values = weights.ulike();
    quantizer.quantize(weights, quantizer.scale(weights, () -> "weights of layer " + name), values);
    weights.assign(values);
  }
}
