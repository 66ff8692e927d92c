package org.dl4j.q4.quant;

/** When the scale of a layer's weights is computed. */
public enum ScaleMode {
  /** Anew from the weights at every forward pass: the paper's choice. */
  DYNAMIC,
  /**
   * Once, at the first training forward pass, and kept from then on. It is stored among the layer's
   * parameters, so that it survives saving, cloning and transfer learning. Weights that grow beyond
   * it saturate at the largest code.
   */
  FIXED
}
