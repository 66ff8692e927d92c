package org.dl4j.q4.convert;

/** What the weights of a network are that goes back to full precision. */
public enum FullPrecisionWeights {
  /** The float weights that training updates: another network than the 4-bit one. */
  FLOAT,
  /** The quantized values: the network predicts as the 4-bit one does. */
  QUANTIZED
}
