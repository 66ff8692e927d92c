package org.dl4j.q4.onednn.infer;

import org.bytedeco.dnnl.memory;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.AlignedBuffer;
import org.dl4j.q4.onednn.runtime.Task;

/** Makes weights of codes, in working memory, before a primitive reads them. */
interface WeightFeed {

  WeightFeed NOTHING = () -> {};

  /** To be called before each run. */
  void load();

  /**
   * Codes that the primitive reads as integers.
   *
   * @param twice whether times 2
   */
  static WeightFeed ofIntegers(
      Nibbles nibbles, boolean twice, memory argument, memory.desc layout, WorkingMemory working) {
    long bytes = Nibbles.padded(layout.get_size());
    Address address = new Address();
    return () -> {
      long place = working.weights(bytes);
      nibbles.unpack(Longs.of(place, bytes), twice);
      argument.set_data_handle(address.at(place));
    };
  }

  /**
   * FP32 of codes, code · scale.
   *
   * @param nibbles null if there are codes of a byte
   */
  static WeightFeed ofFloats(
      Nibbles nibbles,
      AlignedBuffer codes,
      memory.desc codesLayout,
      memory argument,
      memory.desc layout,
      float[] scales,
      WorkingMemory working) {
    memory from = Task.unbound(codesLayout);
    Task copy = Reorders.task(from, codesLayout, argument, layout, scales, 0);
    long bytes = Nibbles.padded(codesLayout.get_size());
    Address address = new Address();
    return () -> {
      long place = codes == null ? working.codes(bytes) : codes.address();
      if (nibbles != null) {
        nibbles.unpack(Longs.of(place, bytes), false);
      }
      from.set_data_handle(address.at(place));
      long floats = working.weights(layout.get_size());
      argument.set_data_handle(address.at(floats));
      copy.run();
    };
  }
}
