package org.dl4j.q4.onednn;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.kernels.BatchNormKernel;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.onednn.runtime.BoundedCache;
import org.dl4j.q4.onednn.runtime.RowMajor;
import org.dl4j.q4.onednn.runtime.ShapeKey;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalization on oneDNN, with the ReLU fused where the spec has one. */
final class OneDnnBatchNorm implements BatchNormKernel {

  private final BatchNormSpec spec;
  private final boolean channelsLast;
  private final BoundedCache<BatchNormTraining> training = new BoundedCache<>();
  private final BoundedCache<BatchNormInference> inference = new BoundedCache<>();

  /** What the last forward pass for training ran on; it holds the mask of its ReLU. */
  private BatchNormTraining last;

  private long[] shapeOfLast;

  OneDnnBatchNorm(BatchNormSpec spec) {
    this.spec = spec;
    this.channelsLast = spec.format() == CNN2DFormat.NHWC;
  }

  @Override
  public void forwardTraining(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray mean, INDArray variance) {
    INDArray images = RowMajor.of(x);
    Layouts.requireShape(y, x.shape(), "The output");
    RowMajor.require(y, "The output");
    last =
        training.get(
            ShapeKey.of(images.shape()),
            () -> new BatchNormTraining(spec, Layouts.imageSizes(images, channelsLast)));
    shapeOfLast = images.shape();
    last.forward(images, gamma, beta, y, mean, variance);
  }

  @Override
  public void forward(
      INDArray x, INDArray mean, INDArray variance, INDArray gamma, INDArray beta, INDArray y) {
    INDArray images = RowMajor.of(x);
    Layouts.requireShape(y, x.shape(), "The output");
    RowMajor.require(y, "The output");
    inference
        .get(
            ShapeKey.of(images.shape()),
            () -> new BatchNormInference(spec, Layouts.imageSizes(images, channelsLast)))
        .run(images, mean, variance, gamma, beta, y);
  }

  @Override
  public void backward(
      INDArray x,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      INDArray beta,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta) {
    if (last == null) {
      throw new IllegalStateException(
          "A backward pass needs a forward pass for training before it");
    }
    Layouts.requireShape(x, shapeOfLast, "The input of the last forward pass");
    Layouts.requireShape(dy, shapeOfLast, "The gradient at the output");
    Layouts.requireShape(dx, shapeOfLast, "The gradient at the input");
    RowMajor.require(dx, "The gradient at the input");
    last.backward(RowMajor.of(x), mean, variance, gamma, beta, RowMajor.of(dy), dx, dGamma, dBeta);
  }
}
