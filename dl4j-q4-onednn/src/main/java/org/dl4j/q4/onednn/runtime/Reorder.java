package org.dl4j.q4.onednn.runtime;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;

/** Copies from one layout and type to another. */
public final class Reorder {

  private Reorder() {}

  /**
   * @param from where it reads
   * @param fromShape its layout and type
   * @param to where it writes
   * @param toShape its layout and type
   * @param attributes with the factor that elements are multiplied with, if any
   * @return what copies
   */
  public static Task task(
      memory from,
      memory.desc fromShape,
      memory to,
      memory.desc toShape,
      primitive_attr attributes) {
    reorder.primitive_desc descriptor =
        new reorder.primitive_desc(
            Engine.cpu(), fromShape, Engine.cpu(), toShape, attributes, false);
    return new Task(new reorder(descriptor), descriptor)
        .argument(dnnl.DNNL_ARG_FROM, from)
        .argument(dnnl.DNNL_ARG_TO, to);
  }
}
