package org.dl4j.q4.onednn.infer;

import org.dl4j.q4.onednn.runtime.AlignedBuffer;

/**
 * What all products of a network share while they run: weights made of codes, and codes of a byte
 * each where the weights are floats. As much as the largest product needs.
 */
final class WorkingMemory {

  private AlignedBuffer weights;
  private AlignedBuffer codes;

  /**
   * @return the address of so many bytes, valid until the next call
   */
  long weights(long bytes) {
    weights = atLeast(bytes, weights);
    return weights.address();
  }

  /**
   * @return the address of so many bytes, valid until the next call
   */
  long codes(long bytes) {
    codes = atLeast(bytes, codes);
    return codes.address();
  }

  private static AlignedBuffer atLeast(long bytes, AlignedBuffer buffer) {
    if (buffer != null && buffer.size() >= bytes) {
      return buffer;
    }
    free(buffer);
    return new AlignedBuffer(bytes);
  }

  /** Bytes that it takes at present. */
  long bytes() {
    return (weights == null ? 0 : weights.size()) + (codes == null ? 0 : codes.size());
  }

  void free() {
    free(weights);
    free(codes);
    weights = null;
    codes = null;
  }

  private static void free(AlignedBuffer buffer) {
    if (buffer != null) {
      buffer.free();
    }
  }
}
