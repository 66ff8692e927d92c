package org.dl4j.q4.quant;

/** How many scales a weight tensor has. */
public enum Granularity {
  /** One scale for the whole tensor: the paper's choice. */
  PER_TENSOR,
  /** One scale for each output channel of a convolution, or each output unit of a dense layer. */
  PER_CHANNEL
}
