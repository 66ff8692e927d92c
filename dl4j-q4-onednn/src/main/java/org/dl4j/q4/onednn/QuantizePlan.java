package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** clamp(rint(w / s), −q, q) · s in one pass. */
final class QuantizePlan {

  private final FloatPointer scale = new FloatPointer(1);
  private final memory weights;
  private final memory values;
  private final Task task;
  private final Address address = new Address();

  QuantizePlan(long length, int maxCode) {
    this.weights = Task.unbound(Layouts.vector(length));
    this.values = Task.unbound(Layouts.vector(length));
    this.task =
        new Chain(length, dnnl.dnnl_binary_div, true)
            .then(dnnl.dnnl_eltwise_round) // half to even
            .thenClip(-maxCode, maxCode)
            .thenLinear(1, 0) // −0 · 1 + 0 = 0
            .thenWithNumber(dnnl.dnnl_binary_mul)
            .task(weights, Chain.number(scale), values)
            .argument(Chain.operand(3), Chain.number(scale));
  }

  void run(INDArray from, float step, INDArray to) {
    scale.put(0, step);
    weights.set_data_handle(address.at(from));
    values.set_data_handle(address.at(to));
    task.run();
  }
}
