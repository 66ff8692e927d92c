package org.dl4j.q4.examples.predict;

/** How an engine computes, as {@code --engine} names it. */
public enum EngineName {
  /** Activations in FP32. */
  FLOATS,
  /** Activations of 8 bits, sums of products in 32. */
  INTEGERS
}
