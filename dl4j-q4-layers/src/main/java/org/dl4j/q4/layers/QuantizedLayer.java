package org.dl4j.q4.layers;

import java.util.List;
import org.dl4j.q4.quant.WeightQuantization;

/**
 * A layer configuration whose weights are quantized in every forward pass, in training and in
 * inference. Its float weights, the ones that are updated and saved, stay in the parameters.
 */
public interface QuantizedLayer {

  /**
   * @return how the weights are quantized and clipped
   */
  WeightQuantization getQuantization();

  /**
   * @param quantization how the weights are quantized and clipped, in networks made from here on
   */
  void setQuantization(WeightQuantization quantization);

  /**
   * @return which of the layer's parameters are quantized, each with a scale of its own
   */
  List<QuantizedParameter> quantizedParameters();
}
