package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.onednn.runtime.Task;

/** Copies from one layout and type to another (oneDNN's reorders), with or without a factor. */
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
    reorder.primitive_desc descriptor =
        new reorder.primitive_desc(
            Engine.cpu(), fromShape, Engine.cpu(), toShape, attributes, false);
    Task task =
        new Task(new reorder(descriptor), descriptor)
            .argument(dnnl.DNNL_ARG_FROM, from)
            .argument(dnnl.DNNL_ARG_TO, to);
    if (factor != null) {
      task.argument(dnnl.DNNL_ARG_ATTR_OUTPUT_SCALES, factor);
    }
    return task;
  }
}
