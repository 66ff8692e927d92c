package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array of the caller's that a primitive writes: directly where it is in the primitive's layout
 * and type, else by way of scratch memory, scaled on the way if asked.
 */
final class Output {

  private final Scratch.Slot slot;
  private final memory given;
  private final memory wanted;
  private final long bytes;
  private final Task copy;
  private final Address address = new Address();

  Output(memory.desc given, memory.desc wanted, Scratch.Slot slot) {
    this(given, wanted, slot, null, 0);
  }

  /**
   * @param given how the array comes
   * @param wanted how the primitive writes it
   * @param slot where it writes to if not to the array
   * @param factor [1] or one for each element of a dimension; null for none
   * @param mask tells which dimension, see {@link Scales#mask}
   */
  Output(memory.desc given, memory.desc wanted, Scratch.Slot slot, memory factor, int mask) {
    this.slot = slot;
    this.given = Task.unbound(given);
    this.bytes = wanted.get_size();
    if (factor == null && given.equals(wanted)) {
      this.wanted = this.given;
      this.copy = null;
    } else {
      this.wanted = Task.unbound(wanted);
      this.copy = Copies.task(this.wanted, wanted, this.given, given, factor, mask);
    }
  }

  /** What the primitive gets as its argument. */
  memory memory() {
    return wanted;
  }

  /** To be called before the primitive runs. */
  void begin(INDArray array) {
    given.set_data_handle(address.at(array));
    if (copy != null) {
      wanted.set_data_handle(address.at(Scratch.address(slot, bytes)));
    }
  }

  /** To be called after the primitive has run: now the array has the result. */
  void end() {
    if (copy != null) {
      copy.run();
    }
  }
}
