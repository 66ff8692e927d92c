package org.dl4j.q4.kernels;

import static org.dl4j.q4.kernels.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Batch normalization against its definition. */
class BatchNormTest {

  private static final double EPSILON = 1e-3;

  @Test
  void statisticsWorkedOutByHand() {
    // Channel 0: 1 3 5 7, mean 4, variance (9 + 1 + 1 + 9) / 4 = 5. Channel 1: constant.
    INDArray x = Nd4j.createFromArray(1f, 3, 8, 8, 5, 7, 8, 8).reshape(2, 2, 1, 2);
    BatchNorm kernel = new BatchNorm(CNN2DFormat.NCHW);

    INDArray mean = kernel.mean(x);
    INDArray variance = kernel.variance(x, mean, x.like());

    assertArrayEquals(new float[] {4, 8}, mean.toFloatVector());
    assertArrayEquals(new float[] {5, 0}, variance.toFloatVector(), 1e-6f);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void aLargeMeanCostsNoPrecision(CNN2DFormat format) {
    // E[x²] − E[x]² would lose every digit here: 1000² needs all 24 bits of a float.
    INDArray x = Nd4j.randn(DataType.FLOAT, 8, 3, 5, 5).muli(0.01).addi(1000);
    INDArray exact = x.castTo(DataType.DOUBLE);
    double[] expected = exact.var(false, 0, 2, 3).toDoubleVector();
    BatchNorm kernel = new BatchNorm(format);
    INDArray images = to(format, x);

    INDArray variance = kernel.variance(images, kernel.mean(images), images.like());

    // Rounding the sum, 2e5, may move the mean by 5e-4, which adds its square to the variance,
    // 1e-4.
    for (int c = 0; c < 3; c++) {
      assertEquals(expected[c], variance.getDouble(c), expected[c] * 1e-2);
    }
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void outputAndGradientsFollowTheDefinition(CNN2DFormat format) {
    INDArray x = Nd4j.randn(DataType.FLOAT, 3, 4, 5, 2).muli(2).addi(1);
    INDArray dy = Nd4j.randn(DataType.FLOAT, 3, 4, 5, 2);
    INDArray gamma = Nd4j.randn(DataType.FLOAT, 4);
    INDArray beta = Nd4j.randn(DataType.FLOAT, 4);
    BatchNorm kernel = new BatchNorm(format);
    INDArray images = to(format, x);
    INDArray mean = kernel.mean(images);
    INDArray variance = kernel.variance(images, mean, images.like());
    INDArray y = images.like();
    INDArray dx = images.like();
    INDArray dGamma = gamma.like();
    INDArray dBeta = beta.like();

    kernel.normalize(images, mean, variance, EPSILON, gamma, beta, y);
    kernel.backward(
        images, mean, variance, EPSILON, gamma, to(format, dy), dx, dGamma, dBeta, images.like());

    Reference reference = new Reference(x, dy, gamma, beta);
    assertClose("y", reference.y, from(format, y));
    assertClose("dGamma", reference.dGamma, dGamma);
    assertClose("dBeta", reference.dBeta, dBeta);
    assertClose("dx", reference.dx, from(format, dx));
  }

  /** The formulas of the class's documentation, in DOUBLE, by broadcasting. */
  private static final class Reference {

    final INDArray y;
    final INDArray dGamma;
    final INDArray dBeta;
    final INDArray dx;

    Reference(INDArray images, INDArray gradient, INDArray scale, INDArray shift) {
      INDArray x = images.castTo(DataType.DOUBLE);
      INDArray dy = gradient.castTo(DataType.DOUBLE);
      INDArray gamma = channels(scale.castTo(DataType.DOUBLE));
      INDArray beta = channels(shift.castTo(DataType.DOUBLE));
      double m = (double) x.length() / x.size(1);
      INDArray centred = x.sub(channels(x.mean(0, 2, 3)));
      INDArray variance = channels(centred.mul(centred).mean(0, 2, 3));
      INDArray std = Transforms.sqrt(variance.add(EPSILON));
      INDArray normalized = centred.div(std);
      y = normalized.mul(gamma).add(beta);
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

  private static INDArray to(CNN2DFormat format, INDArray nchw) {
    return format == CNN2DFormat.NCHW ? nchw.dup('c') : nchw.permute(0, 2, 3, 1).dup('c');
  }

  private static INDArray from(CNN2DFormat format, INDArray images) {
    return format == CNN2DFormat.NCHW ? images : images.permute(0, 3, 1, 2).dup('c');
  }
}
