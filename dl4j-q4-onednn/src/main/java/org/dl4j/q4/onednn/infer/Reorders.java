package org.dl4j.q4.onednn.infer;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.dl4j.q4.onednn.runtime.Reorder;
import org.dl4j.q4.onednn.runtime.Task;

/** Copies from one layout and type to another, times constants. */
final class Reorders {

  static final float[] UNSCALED = {1};

  private Reorders() {}

  /**
   * @param factors one, or one for each index of a dimension
   * @param dimension which
   */
  static Task task(
      memory from,
      memory.desc fromShape,
      memory to,
      memory.desc toShape,
      float[] factors,
      int dimension) {
    primitive_attr attributes = Task.attributes();
    if (factors.length > 1 || factors[0] != 1) {
      attributes.set_output_scales(factors.length > 1 ? 1 << dimension : 0, factors);
    }
    return Reorder.task(from, fromShape, to, toShape, attributes);
  }
}
