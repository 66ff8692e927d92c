package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.dl4j.q4.onednn.runtime.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array that a primitive writes. */
final class Output extends Operand {

  Output(memory.desc given, memory.desc wanted, Scratch.Slot slot) {
    this(given, wanted, slot, null, 0);
  }

  Output(memory.desc given, memory.desc wanted, Scratch.Slot slot, memory factor, int mask) {
    super(given, wanted, slot, factor, mask, false);
  }

  /** To be called before the primitive runs. */
  void begin(INDArray array) {
    bindGiven(array);
    if (isCopied()) {
      bindScratch();
    }
  }

  /** To be called after the primitive has run: now the array has the result. */
  void end() {
    if (isCopied()) {
      copy();
    }
  }
}
