package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.dl4j.q4.onednn.runtime.Reorder;
import org.dl4j.q4.onednn.runtime.Task;

/** Copies from one layout and type to another, with or without a factor read at each run. */
final class Copies {

  private Copies() {}

  /**
   * @param factor read at each run; null for none
   * @param mask which dimension the factors belong to, see {@link Scales#mask}
   */
  static Task task(
      memory from, memory.desc fromShape, memory to, memory.desc toShape, memory factor, int mask) {
    primitive_attr attributes = Task.attributes();
    if (factor != null) {
      attributes.set_output_scales(mask, Scales.atRunTime());
    }
    Task task = Reorder.task(from, fromShape, to, toShape, attributes);
    if (factor != null) {
      task.argument(dnnl.DNNL_ARG_ATTR_OUTPUT_SCALES, factor);
    }
    return task;
  }
}
