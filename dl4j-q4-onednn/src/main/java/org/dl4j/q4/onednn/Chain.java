package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.FloatPointer;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.onednn.runtime.Task;

/**
 * A chain of operations on every element of a vector, run as one pass over memory: first a binary
 * operation of two vectors, or of a vector and a number, then others on its result.
 */
final class Chain {

  private final memory.desc shape;
  private final primitive_attr attributes = Task.attributes();
  private final post_ops after = new post_ops();
  private final int first;
  private final memory.desc second;

  /**
   * @param length of the vectors
   * @param operation {@code dnnl_binary_…}
   * @param withNumber whether the second operand is one number instead of a vector
   */
  Chain(long length, int operation, boolean withNumber) {
    this.shape = Layouts.vector(length);
    this.first = operation;
    this.second = Layouts.vector(withNumber ? 1 : length);
  }

  /** Then {@code a · x + b}; once in a chain, since oneDNN 2.5 takes the first one's a for all. */
  Chain thenLinear(double a, double b) {
    after.append_eltwise(1, dnnl.dnnl_eltwise_linear, (float) a, (float) b);
    return this;
  }

  /** Then the nearest number from a to b. */
  Chain thenClip(double a, double b) {
    after.append_eltwise(1, dnnl.dnnl_eltwise_clip, (float) a, (float) b);
    return this;
  }

  /** Then a function without parameters, {@code dnnl_eltwise_…}. */
  Chain then(int function) {
    after.append_eltwise(1, function, 0, 0);
    return this;
  }

  /** Then a binary operation with a number that is read at each run. */
  Chain thenWithNumber(int operation) {
    after.append_binary(operation, Layouts.vector(1));
    return this;
  }

  /** Then a binary operation with another vector. */
  Chain thenWithVector(int operation) {
    after.append_binary(operation, shape);
    return this;
  }

  /** The first operation takes its operands times these factors. */
  Chain weighted(double one, double other) {
    attributes.set_scales(dnnl.DNNL_ARG_SRC_0, 0, new float[] {(float) one});
    attributes.set_scales(dnnl.DNNL_ARG_SRC_1, 0, new float[] {(float) other});
    return this;
  }

  /** The chain as a task; operands and result may be the same vector. */
  Task task(memory one, memory other, memory result) {
    attributes.set_post_ops(after);
    binary.primitive_desc descriptor =
        new binary.primitive_desc(
            new binary.desc(first, shape, second, shape), attributes, Engine.cpu(), false);
    return new Task(new binary(descriptor), descriptor)
        .argument(dnnl.DNNL_ARG_SRC_0, one)
        .argument(dnnl.DNNL_ARG_SRC_1, other)
        .argument(dnnl.DNNL_ARG_DST, result);
  }

  /** The argument name of what the n-th further operation reads. */
  static int operand(int n) {
    return dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (n + 1) | dnnl.DNNL_ARG_SRC_1;
  }

  /** Memory of one number. */
  static memory number(FloatPointer value) {
    return new memory(Layouts.vector(1), Engine.cpu(), value);
  }
}
