package org.dl4j.q4.onednn;

import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4j.q4.kernels.PoolingKernel;
import org.dl4j.q4.kernels.PoolingSpec;
import org.dl4j.q4.kernels.Window2d;
import org.dl4j.q4.onednn.runtime.BoundedCache;
import org.dl4j.q4.onednn.runtime.RowMajor;
import org.dl4j.q4.onednn.runtime.ShapeKey;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Maximum and average pooling on oneDNN. */
final class OneDnnPooling implements PoolingKernel {

  private final PoolingSpec spec;
  // Apart, so that inference between a forward and its backward pass cannot push out what the
  // latter needs.
  private final BoundedCache<PoolingPlan> trainingPlans = new BoundedCache<>();
  private final BoundedCache<PoolingPlan> inferencePlans = new BoundedCache<>();

  /** What the last forward pass for training ran on; it knows where the maxima were. */
  private PoolingPlan last;

  private long[] inputOfLast;
  private long[] outputOfLast;

  OneDnnPooling(PoolingSpec spec) {
    this.spec = spec;
  }

  /** Whether oneDNN takes it: a maximum or an average, of windows that all touch the image. */
  static boolean fits(PoolingSpec spec) {
    if (spec.type() != PoolingType.MAX && spec.type() != PoolingType.AVG) {
      return false;
    }
    Window2d window = spec.window();
    if (!OneDnnConvolution.fits(window)) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      if (window.padding()[i] >= window.kernel()[i] || window.dilation()[i] != 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void forward(INDArray x, INDArray y, boolean training) {
    INDArray images = RowMajor.of(x);
    Layouts.requireShape(y, spec.outputShape(images), "The output");
    RowMajor.require(y, "The output");
    PoolingPlan plan =
        (training ? trainingPlans : inferencePlans)
            .get(ShapeKey.of(images.shape()), () -> new PoolingPlan(spec, images, y, training));
    if (training) {
      last = plan;
      inputOfLast = images.shape();
      outputOfLast = y.shape();
    }
    plan.forward(images, y);
  }

  @Override
  public void backward(INDArray x, INDArray dy, INDArray dx) {
    if (last == null) {
      throw new IllegalStateException(
          "A backward pass needs a forward pass for training before it");
    }
    Layouts.requireShape(dy, outputOfLast, "The gradient at the output");
    Layouts.requireShape(dx, inputOfLast, "The gradient at the input");
    RowMajor.require(dx, "The gradient at the input");
    last.backward(RowMajor.of(dy), dx);
  }
}
