package org.dl4j.q4.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The formulas of {@link BatchNormKernel}'s documentation, in DOUBLE and NCHW, by broadcasting. */
public final class ReferenceBatchNorm {

  public final INDArray mean;
  public final INDArray variance;
  public final INDArray y;
  public final INDArray dGamma;
  public final INDArray dBeta;
  public final INDArray dx;

  public ReferenceBatchNorm(
      INDArray images,
      INDArray gradient,
      INDArray scale,
      INDArray shift,
      double epsilon,
      boolean relu) {
    INDArray x = images.castTo(DataType.DOUBLE);
    INDArray dy = gradient.castTo(DataType.DOUBLE);
    INDArray gamma = channels(scale.castTo(DataType.DOUBLE));
    INDArray beta = channels(shift.castTo(DataType.DOUBLE));
    double m = (double) x.length() / x.size(1);
    mean = x.mean(0, 2, 3);
    INDArray centred = x.sub(channels(mean));
    variance = centred.mul(centred).mean(0, 2, 3);
    INDArray std = Transforms.sqrt(channels(variance).add(epsilon));
    INDArray normalized = centred.div(std);
    INDArray z = normalized.mul(gamma).add(beta);
    if (relu) {
      INDArray on = z.gt(0).castTo(DataType.DOUBLE);
      y = z.mul(on);
      dy = dy.mul(on);
    } else {
      y = z;
    }
    dBeta = dy.sum(0, 2, 3);
    dGamma = dy.mul(normalized).sum(0, 2, 3);
    dx =
        dy.sub(channels(dBeta.div(m)))
            .sub(normalized.mul(channels(dGamma.div(m))))
            .mul(gamma.div(std));
  }

  private static INDArray channels(INDArray vector) {
    return vector.reshape(1, vector.length(), 1, 1);
  }
}
