package org.dl4j.q4.kernels.nd4j;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.kernels.BatchNormKernel;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalization on ND4J's ops. Everything per element is done by the forward {@code
 * batchnorm} op, used as the map a·x + c of each channel: it runs on oneDNN, where ND4J's {@code
 * batchnorm_bp}, {@code Variance} and broadcast ops are generic and many times slower.
 */
final class Nd4jBatchNorm implements BatchNormKernel {

  private final ChannelSums sums;
  private final int channelAxis;
  private final double epsilon;
  private final boolean relu;

  Nd4jBatchNorm(BatchNormSpec spec) {
    this.sums = new ChannelSums(spec.format());
    this.channelAxis = spec.format() == CNN2DFormat.NCHW ? 1 : 3;
    this.epsilon = spec.epsilon();
    this.relu = spec.relu();
  }

  @Override
  public void forwardTraining(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray mean, INDArray variance) {
    INDArray images = dense(x);
    mean.assign(sums.sum(images).divi(elementsPerChannel(images)));
    variance.assign(variance(images, mean, y));
    forward(images, mean, variance, gamma, beta, y);
  }

  @Override
  public void forward(
      INDArray x, INDArray mean, INDArray variance, INDArray gamma, INDArray beta, INDArray y) {
    affine(dense(x), mean, variance, epsilon, gamma, beta, y);
    if (relu) {
      Transforms.relu(y, false);
    }
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
    INDArray images = dense(x);
    INDArray scratch = Nd4j.createUninitialized(x.dataType(), x.shape(), 'c');
    INDArray gradient = dense(dy);
    if (relu) {
      affine(images, mean, variance, epsilon, gamma, beta, scratch);
      gradient = throughRelu(scratch, gradient);
    }
    INDArray zero = mean.like();
    INDArray one = Nd4j.ones(x.dataType(), mean.length());
    INDArray normalized = scratch;
    affine(images, mean, variance, epsilon, one, zero, normalized);
    dBeta.assign(sums.sum(gradient));
    dGamma.assign(sums.dot(gradient, normalized, dx));

    INDArray slope = gamma.div(Transforms.sqrt(variance.add(epsilon), false));
    INDArray perElement = slope.neg().divi(elementsPerChannel(images));
    affine(normalized, zero, one, 0, perElement.mul(dGamma), perElement.mul(dBeta), dx);
    affine(gradient, zero, one, 0, slope, zero, scratch);
    dx.addi(scratch);
  }

  /** From the centred values, so that a large mean costs no precision. */
  private INDArray variance(INDArray x, INDArray mean, INDArray scratch) {
    INDArray one = Nd4j.ones(x.dataType(), mean.length());
    affine(x, mean, one, 0, one, mean.like(), scratch);
    return sums.dot(scratch, scratch, scratch).divi(elementsPerChannel(x));
  }

  private static INDArray throughRelu(INDArray z, INDArray dy) {
    INDArray result = Nd4j.createUninitialized(dy.dataType(), dy.shape(), 'c');
    Nd4j.exec(
        DynamicCustomOp.builder("relu_bp")
            .addInputs(z, dy)
            .addOutputs(result)
            .addFloatingPointArguments(0.0)
            .build());
    return result;
  }

  private void affine(
      INDArray x,
      INDArray mean,
      INDArray variance,
      double eps,
      INDArray scale,
      INDArray shift,
      INDArray y) {
    Nd4j.exec(
        DynamicCustomOp.builder("batchnorm")
            .addInputs(x, mean, variance, scale, shift)
            .addOutputs(y)
            .addIntegerArguments(1, 1, channelAxis)
            .addFloatingPointArguments(eps)
            .build());
  }

  private double elementsPerChannel(INDArray x) {
    return (double) x.length() / x.size(channelAxis);
  }

  private static INDArray dense(INDArray x) {
    return x.ordering() == 'c' && Shape.hasDefaultStridesForShape(x) ? x : x.dup('c');
  }
}
