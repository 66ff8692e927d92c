package org.dl4j.q4.layers;

import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;

/**
 * What the builder of a 4-bit layer offers beyond its Deeplearning4j parent's. The defaults are the
 * paper's: 4 bits, one dynamic scale for the tensor, soft clip at 3.
 *
 * @param <T> the builder itself
 */
public interface QuantizationBuilder<T> {

  /**
   * @return the options as they stand
   */
  WeightQuantization getQuantization();

  /**
   * Sets all options at once.
   *
   * @param quantization how the weights are quantized and clipped
   * @return this builder
   */
  T quantization(WeightQuantization quantization);

  /**
   * Width of a weight's code.
   *
   * @param bits 2 to 8; 4 by default
   * @return this builder
   * @throws IllegalArgumentException if outside
   */
  default T bits(int bits) {
    return quantization(getQuantization().withBits(bits));
  }

  /**
   * One scale for the weight tensor, or one for each output channel.
   *
   * @param granularity {@link Granularity#PER_TENSOR} by default
   * @return this builder
   */
  default T granularity(Granularity granularity) {
    return quantization(getQuantization().withGranularity(granularity));
  }

  /**
   * When the scale is computed.
   *
   * @param scaleMode {@link ScaleMode#DYNAMIC} by default
   * @return this builder
   */
  default T scaleMode(ScaleMode scaleMode) {
    return quantization(getQuantization().withScaleMode(scaleMode));
  }

  /**
   * The tanh soft clip of the float weights after each update, {@code W ← α·tanh(W/α)}.
   *
   * @param alpha α; 3 by default, 0 turns it off
   * @return this builder
   * @throws IllegalArgumentException if negative or not finite
   */
  default T softClip(double alpha) {
    return quantization(getQuantization().withSoftClip(alpha));
  }
}
