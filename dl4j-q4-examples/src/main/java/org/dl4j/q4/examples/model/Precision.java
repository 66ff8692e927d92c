package org.dl4j.q4.examples.model;

/** What the weights of a model's convolution and linear layers are in its passes. */
public enum Precision {
  /** Quantized, by default to 4 bits. */
  Q4,
  /** Float: the twin that a quantized model is compared with. */
  FP32
}
