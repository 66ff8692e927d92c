package org.dl4j.q4.infer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan that is ready to run, by one thread at a time. */
public interface CompiledPlan extends AutoCloseable {

  /**
   * @param input FLOAT, in the plan's input layout, in 'c' order without gaps
   * @return the output, FLOAT [batch, features], a new array
   */
  INDArray run(INDArray input);

  /**
   * @return bytes of memory that weights, scales and biases take at present, with what packed ones
   *     are unpacked into
   */
  long weightBytes();

  /** Frees its memory at once; it must not be used again. */
  @Override
  void close();
}
