package org.dl4j.q4.onednn.runtime;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.Pointer;

/**
 * A primitive with its arguments, to be run again and again. Made once for a shape; only the
 * addresses of its arguments change between runs.
 */
public final class Task {

  private final primitive operation;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final memory working;
  private final long workingBytes;
  private final Address address = new Address();

  /**
   * @param operation made of the descriptor
   * @param descriptor made with {@link #attributes()}
   */
  public Task(primitive operation, primitive_desc_base descriptor) {
    this.operation = operation;
    memory.desc shape = descriptor.scratchpad_desc();
    this.workingBytes = shape.get_size();
    this.working = unbound(shape);
    if (workingBytes > 0) {
      argument(dnnl.DNNL_ARG_SCRATCHPAD, working);
    }
  }

  /**
   * Attributes with which a primitive takes its working memory from us, instead of allocating it
   * each time or keeping it for itself.
   */
  public static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.dnnl_scratchpad_mode_user);
    return attributes;
  }

  /** Memory of a shape that is yet to be given an address. */
  public static memory unbound(memory.desc shape) {
    return new memory(shape, Engine.cpu(), (Pointer) null);
  }

  /**
   * @param name one of the {@code DNNL_ARG_} constants
   * @param value its memory
   * @return this
   */
  public Task argument(int name, memory value) {
    arguments.put(name, value);
    return this;
  }

  public void run() {
    if (workingBytes > 0) {
      working.set_data_handle(address.at(Scratch.address(Scratch.Slot.PRIMITIVE, workingBytes)));
    }
    operation.execute(Engine.stream(), arguments);
  }
}
