package org.dl4j.q4.kernels.nd4j;

import static org.dl4j.q4.kernels.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.kernels.ReferenceBatchNorm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Batch normalization against its definition. */
class Nd4jBatchNormTest {

  private static final double EPSILON = 1e-3;

  @Test
  void statisticsWorkedOutByHand() {
    // Channel 0: 1 3 5 7, mean 4, variance (9 + 1 + 1 + 9) / 4 = 5. Channel 1: constant.
    INDArray x = Nd4j.createFromArray(1f, 3, 8, 8, 5, 7, 8, 8).reshape(2, 2, 1, 2);
    INDArray mean = Nd4j.create(DataType.FLOAT, 2);
    INDArray variance = Nd4j.create(DataType.FLOAT, 2);

    kernel(CNN2DFormat.NCHW, false)
        .forwardTraining(x, Nd4j.ones(DataType.FLOAT, 2), mean.like(), x.like(), mean, variance);

    assertArrayEquals(new float[] {4, 8}, mean.toFloatVector());
    assertArrayEquals(new float[] {5, 0}, variance.toFloatVector(), 1e-6f);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void aLargeMeanCostsNoPrecision(CNN2DFormat format) {
    // E[x²] − E[x]² would lose every digit here: 1000² needs all 24 bits of a float.
    INDArray x = Nd4j.randn(DataType.FLOAT, 8, 3, 5, 5).muli(0.01).addi(1000);
    double[] expected = x.castTo(DataType.DOUBLE).var(false, 0, 2, 3).toDoubleVector();
    INDArray images = to(format, x);
    INDArray variance = Nd4j.create(DataType.FLOAT, 3);

    kernel(format, false)
        .forwardTraining(
            images,
            Nd4j.ones(DataType.FLOAT, 3),
            variance.like(),
            images.like(),
            variance.like(),
            variance);

    // Rounding the sum, 2e5, may move the mean by 5e-4, which adds its square to the variance,
    // 1e-4.
    for (int c = 0; c < 3; c++) {
      assertEquals(expected[c], variance.getDouble(c), expected[c] * 1e-2);
    }
  }

  @ParameterizedTest
  @CsvSource({"NCHW, false", "NCHW, true", "NHWC, false", "NHWC, true"})
  void outputAndGradientsFollowTheDefinition(CNN2DFormat format, boolean relu) {
    INDArray x = Nd4j.randn(DataType.FLOAT, 3, 4, 5, 2).muli(2).addi(1);
    INDArray dy = Nd4j.randn(DataType.FLOAT, 3, 4, 5, 2);
    INDArray gamma = Nd4j.randn(DataType.FLOAT, 4);
    INDArray beta = Nd4j.randn(DataType.FLOAT, 4);
    INDArray images = to(format, x);
    INDArray mean = gamma.like();
    INDArray variance = gamma.like();
    INDArray y = images.like();
    INDArray again = images.like();
    INDArray dx = images.like();
    INDArray dGamma = gamma.like();
    INDArray dBeta = gamma.like();

    Nd4jBatchNorm kernel = kernel(format, relu);
    kernel.forwardTraining(images, gamma, beta, y, mean, variance);
    kernel.forward(images, mean, variance, gamma, beta, again);
    kernel.backward(images, mean, variance, gamma, beta, to(format, dy), dx, dGamma, dBeta);

    ReferenceBatchNorm reference = new ReferenceBatchNorm(x, dy, gamma, beta, EPSILON, relu);
    assertClose("mean", reference.mean, mean);
    assertClose("variance", reference.variance, variance);
    assertClose("y", reference.y, from(format, y));
    assertEquals(y, again);
    assertClose("dGamma", reference.dGamma, dGamma);
    assertClose("dBeta", reference.dBeta, dBeta);
    assertClose("dx", reference.dx, from(format, dx));
  }

  private static Nd4jBatchNorm kernel(CNN2DFormat format, boolean relu) {
    return new Nd4jBatchNorm(new BatchNormSpec(format, EPSILON, relu));
  }

  private static INDArray to(CNN2DFormat format, INDArray nchw) {
    return format == CNN2DFormat.NCHW ? nchw.dup('c') : nchw.permute(0, 2, 3, 1).dup('c');
  }

  private static INDArray from(CNN2DFormat format, INDArray images) {
    return format == CNN2DFormat.NCHW ? images : images.permute(0, 3, 1, 2).dup('c');
  }
}
