package org.dl4j.q4.kernels;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalization of image tensors. Per channel, over the M = batch · height · width elements:
 *
 * <pre>
 *   μ = mean(x)      σ² = mean((x − μ)²)      x̂ = (x − μ) / √(σ² + ε)      y = γ·x̂ + β
 *
 *   dβ = Σ dy        dγ = Σ dy·x̂
 *   dx = γ / √(σ² + ε) · (dy − dβ / M − x̂·dγ / M)
 * </pre>
 *
 * <p>Source: Ioffe and Szegedy, arXiv 1502.03167. Everything per element is done by ND4J's forward
 * {@code batchnorm} op, used as the map a·x + c of each channel: it runs on oneDNN, where ND4J's
 * {@code batchnorm_bp}, {@code Variance} and broadcast ops are generic and many times slower.
 */
public final class BatchNorm {

  private final ChannelSums sums;
  private final int channelAxis;

  /**
   * @param format layout of the images
   */
  public BatchNorm(CNN2DFormat format) {
    this.sums = new ChannelSums(format);
    this.channelAxis = format == CNN2DFormat.NCHW ? 1 : 3;
  }

  /**
   * The mean of each channel.
   *
   * @param x images
   * @return shape [channels]
   */
  public INDArray mean(INDArray x) {
    return sums.sum(x).divi(elementsPerChannel(x));
  }

  /**
   * The biased variance of each channel, from the centred values, so that a large mean costs no
   * precision.
   *
   * @param x images
   * @param mean their mean, from {@link #mean}
   * @param scratch of the shape of x; overwritten
   * @return shape [channels]
   */
  public INDArray variance(INDArray x, INDArray mean, INDArray scratch) {
    INDArray one = Nd4j.ones(x.dataType(), mean.length());
    affine(x, mean, one, 0, one, mean.like(), scratch);
    return sums.dot(scratch, scratch, scratch).divi(elementsPerChannel(x));
  }

  /**
   * y = γ·(x − μ) / √(σ² + ε) + β.
   *
   * @param x images
   * @param mean μ, [channels]
   * @param variance σ², [channels]
   * @param epsilon ε
   * @param gamma γ, [channels]
   * @param beta β, [channels]
   * @param y receives the result
   */
  public void normalize(
      INDArray x,
      INDArray mean,
      INDArray variance,
      double epsilon,
      INDArray gamma,
      INDArray beta,
      INDArray y) {
    affine(x, mean, variance, epsilon, gamma, beta, y);
  }

  /**
   * The gradients, for a forward pass that used the batch's own mean and variance.
   *
   * @param x images of the forward pass
   * @param mean their mean
   * @param variance their variance
   * @param epsilon ε
   * @param gamma γ, [channels]
   * @param dy gradient at the output
   * @param dx receives the gradient at the input
   * @param dGamma receives dγ, [channels]
   * @param dBeta receives dβ, [channels]
   * @param scratch of the shape of x; overwritten
   */
  public void backward(
      INDArray x,
      INDArray mean,
      INDArray variance,
      double epsilon,
      INDArray gamma,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta,
      INDArray scratch) {
    INDArray zero = mean.like();
    INDArray one = Nd4j.ones(x.dataType(), mean.length());
    INDArray normalized = scratch;
    affine(x, mean, variance, epsilon, one, zero, normalized);
    dBeta.assign(sums.sum(dy));
    dGamma.assign(sums.dot(dy, normalized, dx));

    INDArray slope = gamma.div(Transforms.sqrt(variance.add(epsilon), false));
    INDArray perElement = slope.neg().divi(elementsPerChannel(x));
    affine(normalized, zero, one, 0, perElement.mul(dGamma), perElement.mul(dBeta), dx);
    affine(dy, zero, one, 0, slope, zero, scratch);
    dx.addi(scratch);
  }

  private void affine(
      INDArray x,
      INDArray mean,
      INDArray variance,
      double epsilon,
      INDArray scale,
      INDArray shift,
      INDArray y) {
    Nd4j.exec(
        DynamicCustomOp.builder("batchnorm")
            .addInputs(x, mean, variance, scale, shift)
            .addOutputs(y)
            .addIntegerArguments(1, 1, channelAxis)
            .addFloatingPointArguments(epsilon)
            .build());
  }

  private double elementsPerChannel(INDArray x) {
    return (double) x.length() / x.size(channelAxis);
  }
}
