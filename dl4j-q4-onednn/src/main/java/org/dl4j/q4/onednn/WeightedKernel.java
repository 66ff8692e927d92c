package org.dl4j.q4.onednn;

import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.onednn.runtime.BoundedCache;
import org.dl4j.q4.onednn.runtime.RowMajor;
import org.dl4j.q4.onednn.runtime.ShapeKey;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What convolution and dense kernel share: passes made once for a shape, and found again. */
abstract class WeightedKernel {

  private final memory.data_type type;

  private final BoundedCache<WeightedForward> forward = new BoundedCache<>();
  private final BoundedCache<WeightedBackward> backward = new BoundedCache<>();

  WeightedKernel(memory.data_type type) {
    this.type = type;
  }

  /**
   * @param source shape of the inputs
   * @param destination shape of the outputs
   * @return ways to compute it, the preferred one first
   */
  abstract WeightedOps ops(INDArray source, INDArray destination);

  /**
   * @param source shape of the inputs
   * @param destination shape of the outputs
   * @param preferred the type of the kernel
   * @return the type in which to multiply
   */
  memory.data_type type(INDArray source, INDArray destination, memory.data_type preferred) {
    return preferred;
  }

  abstract WeightedShape shape(
      INDArray source, KernelWeights weights, INDArray destination, boolean bias);

  final void runForward(INDArray x, KernelWeights w, INDArray b, INDArray y) {
    INDArray source = RowMajor.of(x);
    RowMajor.require(y, "The output");
    requireVector(b, outputs(w), "The bias");
    forward
        .get(
            key(source, w, y, b != null),
            () ->
                new WeightedForward(
                    ops(source, y), shape(source, w, y, b != null), type(source, y, type)))
        .run(source, w, b, y);
  }

  final void runBackward(
      INDArray x, KernelWeights w, INDArray dy, INDArray dx, INDArray dw, INDArray db) {
    INDArray source = RowMajor.of(x);
    INDArray gradient = RowMajor.of(dy);
    Layouts.requireShape(dw, w.values().shape(), "The weight gradient");
    requireVector(db, outputs(w), "The bias gradient");
    if (dx != null) {
      Layouts.requireShape(dx, x.shape(), "The gradient at the input");
      RowMajor.require(dx, "The gradient at the input");
    }
    boolean sameLayout = Arrays.equals(dw.stride(), w.values().stride());
    INDArray weightGradient = sameLayout ? dw : w.values().ulike();
    backward
        .get(
            key(source, w, gradient, db != null),
            () ->
                new WeightedBackward(
                    ops(source, gradient),
                    shape(source, w, gradient, db != null),
                    type(source, gradient, type)))
        .run(source, w, gradient, dx, weightGradient, db);
    if (!sameLayout) {
      dw.assign(weightGradient);
    }
  }

  private static ShapeKey key(INDArray x, KernelWeights w, INDArray y, boolean bias) {
    return ShapeKey.of(x.shape())
        .and(w.values().shape())
        .and(w.values().stride())
        .and(y.shape())
        .and(bias ? 1 : 0, scales(w));
  }

  /** How many outputs the weights have. */
  abstract long outputs(KernelWeights w);

  private static void requireVector(INDArray vector, long length, String name) {
    if (vector != null && vector.length() != length) {
      throw new IllegalArgumentException(
          name + " must have " + length + " elements; got " + vector.shapeInfoToString());
    }
  }

  static int scales(KernelWeights w) {
    return w.scale() == null ? 0 : (int) w.scale().length();
  }
}
