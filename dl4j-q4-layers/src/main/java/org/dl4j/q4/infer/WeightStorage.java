package org.dl4j.q4.infer;

/** How an engine keeps weights in memory. */
public enum WeightStorage {
  /**
   * As packed codes, two to a byte at 4 bits. What an operation multiplies with is made of them
   * each time that it runs, in memory that all operations share.
   */
  PACKED,
  /** As the operations multiply with them: a byte each for integers, four for FP32. */
  UNPACKED
}
