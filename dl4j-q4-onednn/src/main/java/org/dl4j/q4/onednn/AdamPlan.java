package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.Scratch;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam in four passes: m, v, √v + ε, and the step. */
final class AdamPlan {

  private final FloatPointer one = new FloatPointer(1f);
  private final FloatPointer decay = new FloatPointer(1);
  private final FloatPointer step = new FloatPointer(1);
  private final FloatPointer epsilon = new FloatPointer(1);
  private final long bytes;
  private final memory gradient;
  private final memory m;
  private final memory v;
  private final memory root;
  private final Task firstMoment;
  private final Task secondMoment;
  private final Task denominator;
  private final Task quotient;
  private final Address address = new Address();

  AdamPlan(long length, double beta1, double beta2) {
    memory.desc shape = Layouts.vector(length);
    this.decay.put(0, (float) beta2);
    this.bytes = shape.get_size();
    this.gradient = Task.unbound(shape);
    this.m = Task.unbound(shape);
    this.v = Task.unbound(shape);
    this.root = Task.unbound(shape);
    this.firstMoment =
        new Chain(length, dnnl.dnnl_binary_add, false)
            .weighted(beta1, 1 - beta1)
            .task(m, gradient, m);
    // (1−β₂)·g² + β₂·v as β₂·(g²·(1−β₂)/β₂ + v): a chain can add a vector, but not scale it first.
    this.secondMoment =
        new Chain(length, dnnl.dnnl_binary_mul, false)
            .thenLinear((1 - beta2) / beta2, 0)
            .thenWithVector(dnnl.dnnl_binary_add)
            .thenWithNumber(dnnl.dnnl_binary_mul)
            .task(gradient, gradient, v)
            .argument(Chain.operand(1), v)
            .argument(Chain.operand(2), Chain.number(decay));
    this.denominator =
        new Chain(length, dnnl.dnnl_binary_mul, true)
            .then(dnnl.dnnl_eltwise_sqrt)
            .thenWithNumber(dnnl.dnnl_binary_add)
            .task(v, Chain.number(one), root)
            .argument(Chain.operand(1), Chain.number(epsilon));
    this.quotient =
        new Chain(length, dnnl.dnnl_binary_div, false)
            .thenWithNumber(dnnl.dnnl_binary_mul)
            .task(m, root, gradient)
            .argument(Chain.operand(0), Chain.number(step));
  }

  void run(INDArray g, INDArray first, INDArray second, float stepSize, float eps) {
    step.put(0, stepSize);
    epsilon.put(0, eps);
    gradient.set_data_handle(address.at(g));
    m.set_data_handle(address.at(first));
    v.set_data_handle(address.at(second));
    root.set_data_handle(address.at(Scratch.address(Scratch.Slot.SOURCE, bytes)));
    firstMoment.run();
    secondMoment.run();
    denominator.run();
    quotient.run();
  }
}
