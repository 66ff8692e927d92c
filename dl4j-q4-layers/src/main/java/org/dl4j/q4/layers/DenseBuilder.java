package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/**
 * What {@link DenseLayer.Builder} adds to its base, for builders of other layers: {@code
 * DenseLayer}'s constructor takes no builder from outside.
 *
 * @param <T> the builder itself
 */
@SuppressWarnings("unchecked") // this as T, as in the parent's builder
abstract class DenseBuilder<T extends DenseBuilder<T>> extends FeedForwardLayer.Builder<T> {

  private boolean hasBias = true;
  private boolean hasLayerNorm;

  /**
   * @param hasBias whether the layer has a bias; true by default
   * @return this builder
   */
  public T hasBias(boolean hasBias) {
    this.hasBias = hasBias;
    return (T) this;
  }

  /**
   * @param hasLayerNorm whether pre-activations are layer-normalized; false by default
   * @return this builder
   */
  public T hasLayerNorm(boolean hasLayerNorm) {
    this.hasLayerNorm = hasLayerNorm;
    return (T) this;
  }

  // The parent's builder has these as well.

  /**
   * @return whether the layer has a bias
   */
  public boolean isHasBias() {
    return hasBias;
  }

  /**
   * @param hasBias whether the layer has a bias
   */
  public void setHasBias(boolean hasBias) {
    this.hasBias = hasBias;
  }

  /**
   * @return whether pre-activations are layer-normalized
   */
  public boolean isHasLayerNorm() {
    return hasLayerNorm;
  }

  /**
   * @param hasLayerNorm whether pre-activations are layer-normalized
   */
  public void setHasLayerNorm(boolean hasLayerNorm) {
    this.hasLayerNorm = hasLayerNorm;
  }

  /** Sets a new configuration from this builder. */
  final void copyTo(DenseLayer layer) {
    ConfCopy.copy(this, layer);
    layer.setHasBias(hasBias);
    layer.setHasLayerNorm(hasLayerNorm);
  }
}
