package org.dl4j.q4.onednn;

import org.dl4j.q4.kernels.VectorKernel;
import org.dl4j.q4.onednn.runtime.BoundedCache;
import org.dl4j.q4.onednn.runtime.ShapeKey;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a step does to every parameter, as chains of oneDNN's element-by-element primitives. */
final class OneDnnVector implements VectorKernel {

  private final BoundedCache<QuantizePlan> quantizers = new BoundedCache<>();
  private final BoundedCache<SoftClipPlan> softClips = new BoundedCache<>();
  private final BoundedCache<AdamPlan> adams = new BoundedCache<>();

  @Override
  public void quantize(INDArray weights, double scale, int maxCode, INDArray values) {
    long length = length(weights, values);
    quantizers
        .get(ShapeKey.of(length, maxCode), () -> new QuantizePlan(length, maxCode))
        .run(weights, (float) scale, values);
  }

  @Override
  public void softClip(INDArray weights, double alpha) {
    long length = length(weights);
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
    long length = length(gradient, m, v);
    adams
        .get(
            ShapeKey.of(length, Double.doubleToLongBits(beta1), Double.doubleToLongBits(beta2)),
            () -> new AdamPlan(length, beta1, beta2))
        .run(gradient, m, v, (float) step, (float) epsilon);
  }

  /** How long the arrays of a call are, each without gaps and all equally long. */
  private static long length(INDArray... arrays) {
    for (INDArray array : arrays) {
      if (array.elementWiseStride() != 1 || array.length() != arrays[0].length()) {
        throw new IllegalArgumentException(
            "Arrays must have equally many elements, one after the other; got "
                + array.shapeInfoToString()
                + " beside "
                + arrays[0].shapeInfoToString());
      }
    }
    return arrays[0].length();
  }
}
