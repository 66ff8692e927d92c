package org.dl4j.q4.onednn.infer;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.dl4j.q4.infer.ActivationFunction;

/** Activation functions in oneDNN's terms. */
final class PostOps {

  private PostOps() {}

  /**
   * Lets a primitive apply a function to its result before it is rounded.
   *
   * @param unit what 1 stands for in the result
   */
  static void add(ActivationFunction function, float unit, primitive_attr attributes) {
    if (function.kind() == ActivationFunction.Kind.IDENTITY) {
      return;
    }
    boolean bound = function.kind() == ActivationFunction.Kind.BOUNDED_RELU;
    float parameter = bound ? function.parameter() / unit : function.parameter();
    post_ops after = new post_ops();
    after.append_eltwise(1, algorithm(function), parameter, 0);
    attributes.set_post_ops(after);
  }

  static int algorithm(ActivationFunction function) {
    switch (function.kind()) {
      case RELU:
        return dnnl.dnnl_eltwise_relu;
      case BOUNDED_RELU:
        return dnnl.dnnl_eltwise_bounded_relu;
      case SIGMOID:
        return dnnl.dnnl_eltwise_logistic;
      case TANH:
        return dnnl.dnnl_eltwise_tanh;
      default:
        throw new IllegalArgumentException(function + " is no function of single elements");
    }
  }
}
