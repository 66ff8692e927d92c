package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/**
 * Sets a layer configuration from a builder, as the constructors of {@link FeedForwardLayer} and
 * its parents do. Needed where a Deeplearning4j layer's constructor takes no builder but its own,
 * or is private.
 */
final class ConfCopy {

  private ConfCopy() {}

  static void copy(FeedForwardLayer.Builder<?> from, FeedForwardLayer to) {
    to.setLayerName(from.getLayerName());
    to.setIDropout(from.getIDropout());
    to.setActivationFn(from.getActivationFn());
    to.setWeightInitFn(from.getWeightInitFn());
    to.setBiasInit(from.getBiasInit());
    to.setGainInit(from.getGainInit());
    to.setRegularization(from.getRegularization());
    to.setRegularizationBias(from.getRegularizationBias());
    to.setIUpdater(from.getIupdater());
    to.setBiasUpdater(from.getBiasUpdater());
    to.setGradientNormalization(from.getGradientNormalization());
    to.setGradientNormalizationThreshold(from.getGradientNormalizationThreshold());
    to.setWeightNoise(from.getWeightNoise());
    to.setNIn(from.getNIn());
    to.setNOut(from.getNOut());
  }
}
