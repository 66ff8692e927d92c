package org.dl4j.q4.onednn.infer;

import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Parts of batches. */
final class Slices {

  private Slices() {}

  /** The image at an index, as a batch of one. */
  static INDArrayIndex image(int index) {
    return NDArrayIndex.interval(index, index + 1);
  }
}
