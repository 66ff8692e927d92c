package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** w ← α · tanh(w / α) in one pass. */
final class SoftClipPlan {

  private final FloatPointer alpha;
  private final memory weights;
  private final Task task;
  private final Address address = new Address();

  SoftClipPlan(long length, float alpha) {
    this.alpha = new FloatPointer(alpha);
    this.weights = Task.unbound(Layouts.vector(length));
    this.task =
        new Chain(length, dnnl.dnnl_binary_div, true)
            .then(dnnl.dnnl_eltwise_tanh)
            .thenLinear(alpha, 0)
            .task(weights, Chain.number(this.alpha), weights);
  }

  void run(INDArray array) {
    weights.set_data_handle(address.at(array));
    task.run();
  }
}
