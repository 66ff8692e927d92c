package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.dl4j.q4.kernels.ReluKernel;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.BoundedCache;
import org.dl4j.q4.onednn.runtime.Engine;
import org.dl4j.q4.onednn.runtime.RowMajor;
import org.dl4j.q4.onednn.runtime.ShapeKey;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ReLU on oneDNN, over the elements as they lie in memory. */
final class OneDnnRelu implements ReluKernel {

  private final BoundedCache<Plan> plans = new BoundedCache<>();

  @Override
  public void forward(INDArray x, INDArray y) {
    INDArray source = RowMajor.of(x);
    Layouts.requireShape(y, x.shape(), "The output");
    RowMajor.require(y, "The output");
    plan(source).forward(source, y);
  }

  @Override
  public void backward(INDArray x, INDArray dy, INDArray dx) {
    INDArray source = RowMajor.of(x);
    Layouts.requireShape(dy, x.shape(), "The gradient at the output");
    Layouts.requireShape(dx, x.shape(), "The gradient at the input");
    RowMajor.require(dx, "The gradient at the input");
    plan(source).backward(source, RowMajor.of(dy), dx);
  }

  private Plan plan(INDArray source) {
    return plans.get(ShapeKey.of(source.length()), () -> new Plan(source.length()));
  }

  private static final class Plan {

    private final memory x;
    private final memory y;
    private final memory dx;
    private final memory dy;
    private final Task forward;
    private final Task backward;
    private final Address address = new Address();

    Plan(long length) {
      memory.desc shape = Layouts.vector(length);
      eltwise_forward.primitive_desc descriptor =
          new eltwise_forward.primitive_desc(
              new eltwise_forward.desc(
                  dnnl.dnnl_forward_training, dnnl.dnnl_eltwise_relu, shape, 0, 0),
              Task.attributes(),
              Engine.cpu(),
              false);
      eltwise_backward.primitive_desc backwardDescriptor =
          new eltwise_backward.primitive_desc(
              new eltwise_backward.desc(dnnl.dnnl_eltwise_relu, shape, shape, 0, 0),
              Task.attributes(),
              Engine.cpu(),
              descriptor,
              false);
      this.x = Task.unbound(shape);
      this.y = Task.unbound(shape);
      this.dx = Task.unbound(shape);
      this.dy = Task.unbound(shape);
      this.forward =
          new Task(new eltwise_forward(descriptor), descriptor)
              .argument(dnnl.DNNL_ARG_SRC, x)
              .argument(dnnl.DNNL_ARG_DST, y);
      this.backward =
          new Task(new eltwise_backward(backwardDescriptor), backwardDescriptor)
              .argument(dnnl.DNNL_ARG_SRC, x)
              .argument(dnnl.DNNL_ARG_DIFF_DST, dy)
              .argument(dnnl.DNNL_ARG_DIFF_SRC, dx);
    }

    void forward(INDArray source, INDArray destination) {
      x.set_data_handle(address.at(source));
      y.set_data_handle(address.at(destination));
      forward.run();
    }

    void backward(INDArray source, INDArray gradient, INDArray sourceGradient) {
      x.set_data_handle(address.at(source));
      dy.set_data_handle(address.at(gradient));
      dx.set_data_handle(address.at(sourceGradient));
      backward.run();
    }
  }
}
