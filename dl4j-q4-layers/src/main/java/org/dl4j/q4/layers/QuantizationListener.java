package org.dl4j.q4.layers;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * A listener that is also told when a layer quantizes its weights: in every forward pass of
 * training, and in those of inference whose weights have changed since the last one. An output
 * layer's forward pass is part of its backward pass, and one more belongs to its score. Set it with
 * {@code network.setListeners}, which hands it to the layers, too.
 */
public interface QuantizationListener extends TrainingListener {

  /**
   * @param layer the runtime layer whose float weights are about to be quantized
   */
  void beforeQuantization(Layer layer);

  /**
   * @param layer the runtime layer whose weights are quantized now; not called if the weights
   *     cannot be
   */
  void afterQuantization(Layer layer);
}
