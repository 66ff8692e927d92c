package org.dl4j.q4.onednn;

import static org.dl4j.q4.kernels.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.kernels.ImageLayout;
import org.dl4j.q4.kernels.ReferenceBatchNorm;
import org.dl4j.q4.onednn.runtime.BoundedCache;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Batch normalization against its definition. */
class OneDnnBatchNormTest {

  private static final double EPSILON = 1e-3;

  @BeforeAll
  static void onlyWithOneDnn() {
    Available.assumeOneDnn();
  }

  @Test
  void statisticsWorkedOutByHand() {
    // Channel 0: 1 3 5 7, mean 4, variance (9 + 1 + 1 + 9) / 4 = 5. Channel 1: constant.
    INDArray x = Nd4j.createFromArray(1f, 3, 8, 8, 5, 7, 8, 8).reshape(2, 2, 1, 2);
    INDArray mean = Images.dirty(2);
    INDArray variance = Images.dirty(2);

    kernel(CNN2DFormat.NCHW, false)
        .forwardTraining(
            x,
            Nd4j.ones(DataType.FLOAT, 2),
            Nd4j.zeros(DataType.FLOAT, 2),
            x.like(),
            mean,
            variance);

    assertArrayEquals(new float[] {4, 8}, mean.toFloatVector());
    assertArrayEquals(new float[] {5, 0}, variance.toFloatVector(), 1e-6f);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void aLargeMeanCostsNoPrecision(CNN2DFormat format) {
    // E[x²] − E[x]² would lose every digit here: 1000² needs all 24 bits of a float.
    INDArray x = Images.random(8, 3, 5, 5).muli(0.01).addi(1000);
    double[] expected = x.castTo(DataType.DOUBLE).var(false, 0, 2, 3).toDoubleVector();
    INDArray images = Images.to(format, x);
    INDArray variance = Images.dirty(3);

    kernel(format, false)
        .forwardTraining(
            images,
            Nd4j.ones(DataType.FLOAT, 3),
            Nd4j.zeros(DataType.FLOAT, 3),
            images.like(),
            Images.dirty(3),
            variance);

    // Rounding the sum, 2e5, may move the mean by 5e-4, and its square adds to the 1e-4.
    for (int c = 0; c < 3; c++) {
      assertEquals(expected[c], variance.getDouble(c), expected[c] * 1e-2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NCHW, false, 4",
    "NCHW, true, 4",
    "NHWC, false, 4",
    "NHWC, true, 4",
    "NHWC, true, 1",
    "NHWC, true, 16",
    "NCHW, true, 16",
    "NHWC, true, 37",
    "NCHW, false, 37"
  })
  void outputAndGradientsFollowTheDefinition(CNN2DFormat format, boolean relu, int channels) {
    new Trial(format, relu, 3, channels, 5, 2).train().assertGradientsFollowTheDefinition();
  }

  @ParameterizedTest
  @EnumSource(ImageLayout.class)
  void imagesAndGradientsComeInAnyLayout(ImageLayout layout) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      Trial trial = new Trial(format, true, 3, 4, 5, 2);
      trial.layout = layout;

      trial.train().assertGradientsFollowTheDefinition();
    }
  }

  @ParameterizedTest
  @CsvSource({"NCHW, false", "NCHW, true", "NHWC, false", "NHWC, true"})
  void inferenceUsesTheStatisticsGiven(CNN2DFormat format, boolean relu) {
    INDArray x = Nd4j.createFromArray(1f, 2, 3, 4, 5, 6).reshape(1, 2, 1, 3);
    INDArray images = Images.to(format, x);
    INDArray y = Images.dirtyLike(images);

    // Channel 0: (x − 2) / √(3.999 + 0.001) · 2 + 1, channel 1: (x − 5) / √(0.249 + 0.001) · 1 + 0.
    kernel(format, relu)
        .forward(
            images,
            Nd4j.createFromArray(2f, 5f),
            Nd4j.createFromArray(3.999f, 0.249f),
            Nd4j.createFromArray(2f, 1f),
            Nd4j.createFromArray(1f, 0f),
            y);

    float negative = relu ? 0 : -2;
    assertArrayEquals(
        new float[] {0, 1, 2, negative, 0, 2},
        Images.from(format, y).reshape(6).toFloatVector(),
        1e-6f);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void theMaskOutlivesInferenceAndPassesOnOtherKernels(CNN2DFormat format) {
    Trial trial = new Trial(format, true, 3, 4, 5, 2).train();

    Trial other = new Trial(format, true, 3, 4, 5, 2);
    other.kernel = trial.kernel;
    other.infer();
    new Trial(format, true, 3, 4, 5, 2).train();

    trial.assertGradientsFollowTheDefinition();
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void gradientsAreThoseOfTheLastTrainingPassWhateverItsShape(CNN2DFormat format) {
    Trial first = new Trial(format, true, 3, 4, 5, 2).train();
    Trial second = new Trial(format, true, 2, 4, 3, 3);
    second.kernel = first.kernel;

    second.train().assertGradientsFollowTheDefinition();
    first.train().assertGradientsFollowTheDefinition();
    for (int batch = 1; batch < 2 * BoundedCache.CAPACITY; batch++) {
      Trial another = new Trial(format, true, batch, 4, 3, 3);
      another.kernel = first.kernel;
      another.train().assertGradientsFollowTheDefinition();
    }
  }

  @Test
  void aBackwardPassWithoutAForwardPassIsAnError() {
    Trial trial = new Trial(CNN2DFormat.NHWC, true, 3, 4, 5, 2);
    trial.infer(); // leaves nothing for a backward pass

    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, trial::assertGradientsFollowTheDefinition);

    assertEquals(
        "A backward pass needs a forward pass for training before it", thrown.getMessage());
  }

  @Test
  void aBackwardPassOnAnotherShapeIsRefused() {
    Trial trial = new Trial(CNN2DFormat.NHWC, true, 3, 4, 5, 2).train();
    Trial other = new Trial(CNN2DFormat.NHWC, true, 4, 4, 5, 2);
    other.kernel = trial.kernel;

    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, other::assertGradientsFollowTheDefinition);

    assertEquals(
        "The input of the last forward pass must have the shape [3, 5, 2, 4]; got [4, 5, 2, 4]",
        thrown.getMessage());
  }

  private static OneDnnBatchNorm kernel(CNN2DFormat format, boolean relu) {
    return new OneDnnBatchNorm(new BatchNormSpec(format, EPSILON, relu));
  }

  /** One batch of random images on a kernel. */
  private static final class Trial {

    final CNN2DFormat format;
    final boolean relu;
    final INDArray x;
    final INDArray dy;
    final INDArray gamma;
    final INDArray beta;
    final INDArray mean;
    final INDArray variance;
    final INDArray y;
    OneDnnBatchNorm kernel;
    ImageLayout layout = ImageLayout.C;

    Trial(CNN2DFormat format, boolean relu, int batch, int channels, int height, int width) {
      this.format = format;
      this.relu = relu;
      this.x = Images.random(batch, channels, height, width).muli(2).addi(1);
      this.dy = Images.random(batch, channels, height, width);
      this.gamma = Images.random(channels);
      this.beta = Images.random(channels);
      this.mean = Images.dirty(channels);
      this.variance = Images.dirty(channels);
      this.y = Images.dirtyLike(Images.to(format, x));
      this.kernel = kernel(format, relu);
    }

    Trial train() {
      kernel.forwardTraining(images(x), gamma, beta, y, mean, variance);
      ReferenceBatchNorm reference = reference();
      assertClose("mean", reference.mean, mean);
      assertClose("variance", reference.variance, variance);
      assertClose("y", reference.y, Images.from(format, y));
      return this;
    }

    void infer() {
      INDArray ones = Nd4j.ones(DataType.FLOAT, gamma.length());
      kernel.forward(images(x), beta, ones, gamma, beta, y);
    }

    void assertGradientsFollowTheDefinition() {
      INDArray dx = Images.dirtyLike(y);
      INDArray dGamma = Images.dirtyLike(gamma);
      INDArray dBeta = Images.dirtyLike(beta);
      kernel.backward(images(x), mean, variance, gamma, beta, images(dy), dx, dGamma, dBeta);

      ReferenceBatchNorm reference = reference();
      assertClose("dGamma", reference.dGamma, dGamma);
      assertClose("dBeta", reference.dBeta, dBeta);
      assertClose("dx", reference.dx, Images.from(format, dx));
    }

    private INDArray images(INDArray nchw) {
      return layout.of(Images.to(format, nchw));
    }

    private ReferenceBatchNorm reference() {
      return new ReferenceBatchNorm(x, dy, gamma, beta, EPSILON, relu);
    }
  }
}
