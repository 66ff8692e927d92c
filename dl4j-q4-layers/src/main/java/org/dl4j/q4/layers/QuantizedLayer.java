package org.dl4j.q4.layers;

import org.dl4j.q4.quant.WeightQuantization;

/**
 * A layer configuration whose weights are quantized in every forward pass, in training and in
 * inference. Its float weights, the ones that are updated and saved, stay in the parameter {@code
 * W}.
 */
public interface QuantizedLayer {

  /**
   * @return how the weights are quantized and clipped
   */
  WeightQuantization getQuantization();

  /**
   * @return the dimension of the weight tensor that counts output channels
   */
  int outputChannelDimension();
}
