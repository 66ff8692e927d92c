package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.dl4j.q4.onednn.runtime.AlignedBuffer;
import org.dl4j.q4.onednn.runtime.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array that a primitive reads. */
final class Input extends Operand {

  /** Holds the copy of a version; null before the first one. */
  private AlignedBuffer own;

  private long ownVersion;

  Input(memory.desc given, memory.desc wanted, Scratch.Slot slot) {
    this(given, wanted, slot, null, 0);
  }

  Input(memory.desc given, memory.desc wanted, Scratch.Slot slot, memory factor, int mask) {
    super(given, wanted, slot, factor, mask, true);
  }

  /** Makes an array's elements available to the primitive, until the slot is used again. */
  void load(INDArray array) {
    bindGiven(array);
    if (isCopied()) {
      bindScratch();
      copy();
    }
  }

  /**
   * Does so with an array that may be the one of an earlier call: then its copy is still there.
   *
   * @param version 0 if it may be any; else the same number stands for the same elements
   */
  void load(INDArray array, long version) {
    if (version == 0 || !isCopied()) {
      load(array);
      return;
    }
    if (own == null) {
      own = new AlignedBuffer(bytes);
    }
    bindWanted(own.address());
    if (version != ownVersion) {
      bindGiven(array);
      copy();
      ownVersion = version;
    }
  }
}
