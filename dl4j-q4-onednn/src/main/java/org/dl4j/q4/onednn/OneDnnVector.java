package org.dl4j.q4.onednn;

import org.dl4j.q4.kernels.VectorKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a step does to every parameter, as chains of oneDNN's element-by-element primitives. */
final class OneDnnVector implements VectorKernel {

  private final BoundedCache<QuantizePlan> quantizers = new BoundedCache<>();
  private final BoundedCache<SoftClipPlan> softClips = new BoundedCache<>();
  private final BoundedCache<AdamPlan> adams = new BoundedCache<>();

  @Override
  public void quantize(INDArray weights, double scale, int maxCode, INDArray values) {
    long length = weights.length();
    quantizers
        .get(ShapeKey.of(length, maxCode), () -> new QuantizePlan(length, maxCode))
        .run(weights, (float) scale, values);
  }

  @Override
  public void softClip(INDArray weights, double alpha) {
    long length = weights.length();
    softClips
        .get(
            ShapeKey.of(length, Double.doubleToLongBits(alpha)),
            () -> new SoftClipPlan(length, (float) alpha))
        .run(weights);
  }

  @Override
  public void adam(
      INDArray gradient,
      INDArray m,
      INDArray v,
      double beta1,
      double beta2,
      double step,
      double epsilon) {
    long length = gradient.length();
    adams
        .get(
            ShapeKey.of(length, Double.doubleToLongBits(beta1), Double.doubleToLongBits(beta2)),
            () -> new AdamPlan(length, beta1, beta2))
        .run(gradient, m, v, (float) step, (float) epsilon);
  }
}
