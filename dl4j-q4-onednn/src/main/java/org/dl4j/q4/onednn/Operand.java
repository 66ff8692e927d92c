package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.Scratch;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array of the caller's as a primitive reads or writes it, in the layout and type that the
 * primitive wants: the array itself where it already is so, else a copy in scratch memory, scaled
 * on the way if asked.
 */
abstract class Operand {

  /** Size of what the primitive works on. */
  final long bytes;

  /** The array itself; its address is set for each run. */
  private final memory given;

  /** What the primitive works on; the same as {@link #given} if there is nothing to copy. */
  private final memory wanted;

  private final Scratch.Slot slot;
  private final Task copy;
  private final Address address = new Address();

  /**
   * @param given how the array comes
   * @param wanted how the primitive wants it
   * @param slot where a copy goes
   * @param factor [1] or one for each element of a dimension; null for none
   * @param mask tells which dimension, see {@link Scales#mask}
   * @param read whether the primitive reads it, so that the copy is made before it runs
   */
  Operand(
      memory.desc given,
      memory.desc wanted,
      Scratch.Slot slot,
      memory factor,
      int mask,
      boolean read) {
    this.slot = slot;
    this.given = Task.unbound(given);
    this.bytes = wanted.get_size();
    if (factor == null && given.equals(wanted)) {
      this.wanted = this.given;
      this.copy = null;
      return;
    }
    this.wanted = Task.unbound(wanted);
    this.copy =
        read
            ? Copies.task(this.given, given, this.wanted, wanted, factor, mask)
            : Copies.task(this.wanted, wanted, this.given, given, factor, mask);
  }

  /** What the primitive gets as its argument. */
  final memory memory() {
    return wanted;
  }

  final boolean isCopied() {
    return copy != null;
  }

  final void bindGiven(INDArray array) {
    given.set_data_handle(address.at(array));
  }

  final void bindScratch() {
    bindWanted(Scratch.address(slot, bytes));
  }

  final void bindWanted(long place) {
    wanted.set_data_handle(address.at(place));
  }

  final void copy() {
    copy.run();
  }
}
