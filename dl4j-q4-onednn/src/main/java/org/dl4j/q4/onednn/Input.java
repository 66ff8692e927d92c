package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array of the caller's that a primitive reads, in the layout and type that the primitive wants:
 * the array itself where it already is so, else a copy in scratch memory, scaled on the way if
 * asked.
 */
final class Input {

  private final Scratch.Slot slot;
  private final memory given;
  private final memory wanted;
  private final long bytes;
  private final Task copy;
  private final Address address = new Address();

  /** Holds the copy of a version; null before the first one. */
  private AlignedBuffer own;

  private long ownVersion;

  Input(memory.desc given, memory.desc wanted, Scratch.Slot slot) {
    this(given, wanted, slot, null, 0);
  }

  /**
   * @param given how the array comes
   * @param wanted how the primitive wants it
   * @param slot where a copy goes
   * @param factor [1] or one for each element of a dimension; null for none
   * @param mask tells which dimension, see {@link Scales#mask}
   */
  Input(memory.desc given, memory.desc wanted, Scratch.Slot slot, memory factor, int mask) {
    this.slot = slot;
    this.given = Task.unbound(given);
    this.bytes = wanted.get_size();
    if (factor == null && given.equals(wanted)) {
      this.wanted = this.given;
      this.copy = null;
    } else {
      this.wanted = Task.unbound(wanted);
      this.copy = Copies.task(this.given, given, this.wanted, wanted, factor, mask);
    }
  }

  /** What the primitive gets as its argument. */
  memory memory() {
    return wanted;
  }

  /** Makes an array's elements available to the primitive, until the slot is used again. */
  void load(INDArray array) {
    given.set_data_handle(address.at(array));
    if (copy != null) {
      wanted.set_data_handle(address.at(Scratch.address(slot, bytes)));
      copy.run();
    }
  }

  /**
   * Does so with an array that may be the one of an earlier call: then its copy is still there.
   *
   * @param version 0 if it may be any; else the same number stands for the same elements
   */
  void load(INDArray array, long version) {
    if (version == 0 || copy == null) {
      load(array);
      return;
    }
    if (own == null) {
      own = new AlignedBuffer(bytes);
    }
    wanted.set_data_handle(address.at(own.address()));
    if (version != ownVersion) {
      given.set_data_handle(address.at(array));
      copy.run();
      ownVersion = version;
    }
  }
}
