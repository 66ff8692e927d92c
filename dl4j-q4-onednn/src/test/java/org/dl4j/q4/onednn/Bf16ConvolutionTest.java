package org.dl4j.q4.onednn;

import static org.dl4j.q4.onednn.Bf16.absolute;
import static org.dl4j.q4.onednn.Bf16.assertExact;
import static org.dl4j.q4.onednn.Bf16.assertWithinRounding;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.dl4j.q4.kernels.ImageLayout;
import org.dl4j.q4.kernels.ReferenceConvolution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The convolution in bf16: quantized weights lose nothing, all else no more than its rounding. */
class Bf16ConvolutionTest {

  /** Not a sum of few powers of two, so that code · scale is never a bf16 number. */
  private static final double AWKWARD = 0.0137;

  @BeforeAll
  static void onlyWithBf16() {
    Available.assumeBf16();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void codesOfAnyWidthAreExact(int bits) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      for (boolean perChannel : new boolean[] {false, true}) {
        ConvolutionTrial trial = new ConvolutionTrial();
        trial.format = format;

        assertCodesAreExact(trial, 7, 19, 4, 4, bits, perChannel, AWKWARD);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // in, out, kernel, stride, padding, dilation, mode
    "1, 1, 3, 1, 1, 1, Truncate",
    "3, 16, 3, 1, 1, 1, Same",
    "16, 16, 3, 1, 1, 1, Same",
    "16, 32, 1, 1, 0, 1, Truncate",
    "32, 16, 3, 2, 1, 1, Truncate",
    "17, 5, 2, 2, 0, 1, Truncate",
    "4, 6, 3, 1, 2, 2, Truncate",
    "4, 6, 3, 2, 0, 1, Same",
    "8, 8, 5, 1, 0, 1, Same",
    "6, 7, 2, 3, 0, 1, Truncate",
    "5, 4, 2, 1, 3, 1, Truncate",
  })
  void codesAreExactInEveryGeometry(
      int in, int out, int kernel, int stride, int padding, int dilation, ConvolutionMode mode) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      for (boolean perChannel : new boolean[] {false, true}) {
        ConvolutionTrial trial = new ConvolutionTrial();
        trial.kernel = new int[] {kernel, kernel};
        trial.stride = new int[] {stride, stride};
        trial.padding = new int[] {padding, padding};
        trial.dilation = new int[] {dilation, dilation};
        trial.mode = mode;
        trial.format = format;

        assertCodesAreExact(trial, in, out, 6, 5, 4, perChannel, AWKWARD);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ImageLayout.class)
  void codesAreExactInEveryLayout(ImageLayout layout) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      ConvolutionTrial trial = new ConvolutionTrial();
      trial.format = format;
      trial.layoutOfX = layout;
      trial.layoutOfDy = layout;

      assertCodesAreExact(trial, 4, 3, 6, 5, 4, true, AWKWARD);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-8 / 7, 1e-3, 1, 50})
  void scalesOfAnySizeAreApplied(double scale) {
    // 1e-8/7 is what a filter of zeros gets, from the quantizer's ε.
    for (boolean perChannel : new boolean[] {false, true}) {
      assertCodesAreExact(new ConvolutionTrial(), 3, 4, 5, 4, 4, perChannel, scale);
    }
  }

  @Test
  void withoutABiasNoneIsAdded() {
    ConvolutionTrial trial = quantized(new ConvolutionTrial(), 3, 4, 5, 4, 4, true, AWKWARD);
    trial.bias = null;
    trial.run(memory.data_type.bf16);

    ReferenceConvolution expected = trial.reference();
    assertExact("y", sums(trial).y, trial.termsOfY(), expected.y, trial.y);
  }

  @Test
  void zeroWeightsGiveTheBiasAndTheirGradients() {
    for (boolean perChannel : new boolean[] {false, true}) {
      ConvolutionTrial trial =
          quantized(new ConvolutionTrial(), 3, 4, 5, 4, 4, perChannel, 1e-8 / 7);
      trial.weights = Nd4j.zeros(DataType.FLOAT, trial.weights.shape());
      trial.run(memory.data_type.bf16);

      ReferenceConvolution expected = trial.reference();
      assertEquals(expected.y.castTo(DataType.FLOAT), trial.y);
      assertEquals(0, trial.dx.amaxNumber().doubleValue());
      assertWithinRounding("dw", 1, sums(trial).dw, trial.termsOfDw(), expected.dw, trial.dw);
    }
  }

  @ParameterizedTest
  @CsvSource({"NHWC, false", "NHWC, true", "NCHW, false", "NCHW, true"})
  void randomNumbersWithQuantizedWeightsStayWithinTheBound(CNN2DFormat format, boolean perChannel) {
    ConvolutionTrial trial = new ConvolutionTrial();
    trial.format = format;
    quantized(trial, 16, 32, 6, 5, 4, perChannel, AWKWARD);
    trial.x = Images.random(trial.x.shape());
    trial.dy = Images.random(trial.dy.shape());
    trial.run(memory.data_type.bf16);

    ReferenceConvolution expected = trial.reference();
    ReferenceConvolution sums = sums(trial);
    assertWithinRounding("y", 1, sums.y, trial.termsOfY(), expected.y, trial.y); // x
    assertWithinRounding("dx", 1, sums.dx, trial.termsOfDx(), expected.dx, trial.dx); // dy
    assertWithinRounding("dw", 2, sums.dw, trial.termsOfDw(), expected.dw, trial.dw); // x and dy
    assertWithinRounding("db", 1, sums.db, trial.termsOfDw(), expected.db, trial.db); // dy
  }

  @ParameterizedTest
  @CsvSource({"NHWC, 3, 16", "NHWC, 16, 32", "NCHW, 3, 16", "NCHW, 5, 7"})
  void fullPrecisionWeightsAreRoundedToo(CNN2DFormat format, int in, int out) {
    ConvolutionTrial trial = new ConvolutionTrial();
    trial.format = format;
    fill(trial, in, out, 6, 5);
    trial.x = Images.random(trial.x.shape());
    trial.weights = Images.random(trial.weights.shape());
    trial.dy = Images.random(trial.dy.shape());
    trial.run(memory.data_type.bf16);

    ReferenceConvolution expected = trial.reference();
    ReferenceConvolution sums = sums(trial);
    assertWithinRounding("y", 2, sums.y, trial.termsOfY(), expected.y, trial.y);
    assertWithinRounding("dx", 2, sums.dx, trial.termsOfDx(), expected.dx, trial.dx);
    assertWithinRounding("dw", 2, sums.dw, trial.termsOfDw(), expected.dw, trial.dw);
    assertWithinRounding("db", 1, sums.db, trial.termsOfDw(), expected.db, trial.db);

    // And nothing is rounded but the factors of the products.
    ReferenceConvolution rounded =
        trial.reference(
            Bf16.round(trial.x), Bf16.round(trial.weights), trial.bias, Bf16.round(trial.dy));
    assertExact("y", sums.y, trial.termsOfY(), rounded.y, trial.y);
    assertExact("dx", sums.dx, trial.termsOfDx(), rounded.dx, trial.dx);
    assertExact("dw", sums.dw, trial.termsOfDw(), rounded.dw, trial.dw);
    assertExact("db", sums.db, trial.termsOfDw(), rounded.db, trial.db);
  }

  @Test
  void aKernelTakesANewScaleAtEachPass() {
    OneDnnConvolution kernel =
        new OneDnnConvolution(new ConvolutionTrial().window(), memory.data_type.bf16);
    for (double scale : new double[] {0.0137, 2.3, 0.0009}) {
      ConvolutionTrial trial = quantized(new ConvolutionTrial(), 3, 4, 5, 4, 4, true, scale);
      trial.run(kernel);

      assertExact("y", sums(trial).y, trial.termsOfY(), trial.reference().y, trial.y);
    }
  }

  /**
   * Inputs are small integers, exact in bf16; so is everything in y but FP32 operations. Gradients
   * are rounded after the multiplication by s, so they equal, up to FP32 operations, those of the
   * codes and of the rounded s·dy.
   */
  private static void assertCodesAreExact(
      ConvolutionTrial trial,
      int in,
      int out,
      int height,
      int width,
      int bits,
      boolean perChannel,
      double scale) {
    quantized(trial, in, out, height, width, bits, perChannel, scale);
    trial.run(memory.data_type.bf16);

    INDArray codes = trial.weights.div(Bf16.alongDimension(trial.scale, 4, 0));
    codes = Nd4j.math().round(codes);
    INDArray s = Bf16.alongDimension(trial.scale.castTo(DataType.DOUBLE), 4, 1);
    INDArray gradient = Bf16.round(trial.dy.mul(s.castTo(DataType.FLOAT)));
    ReferenceConvolution integers = trial.reference(trial.x, codes, null, gradient);
    ReferenceConvolution absolutes =
        trial.reference(absolute(trial.x), absolute(codes), null, absolute(gradient));
    INDArray bias = trial.bias.castTo(DataType.DOUBLE).reshape(1, out, 1, 1);
    INDArray inverseForW = Bf16.alongDimension(trial.scale.castTo(DataType.DOUBLE), 4, 0).rdiv(1);
    INDArray inverseForB = trial.scale.castTo(DataType.DOUBLE).rdiv(1);
    assertExact(
        "y",
        absolutes.y.mul(s).add(absolute(bias)),
        0, // sums of small integers are exact in FP32
        integers.y.mul(s).add(bias),
        trial.y);
    assertExact("dx", absolutes.dx, trial.termsOfDx(), integers.dx, trial.dx);
    assertExact(
        "dw",
        absolutes.dw.mul(inverseForW),
        trial.termsOfDw(),
        integers.dw.mul(inverseForW),
        trial.dw);
    assertExact(
        "db",
        absolutes.db.mul(inverseForB),
        trial.termsOfDw(),
        integers.db.mul(inverseForB),
        trial.db);
  }

  private static ConvolutionTrial quantized(
      ConvolutionTrial trial,
      int in,
      int out,
      int height,
      int width,
      int bits,
      boolean perChannel,
      double scale) {
    fill(trial, in, out, height, width);
    INDArray codes = Images.integers((1 << (bits - 1)) - 1, trial.weights.shape());
    trial.scale = Bf16.scales(perChannel ? out : 1, scale);
    trial.weights = Bf16.values(codes, trial.scale, 0);
    return trial;
  }

  private static void fill(ConvolutionTrial trial, int in, int out, int height, int width) {
    trial.x = Images.integers(8, 2, in, height, width);
    trial.weights = Images.dirty(out, in, trial.kernel[0], trial.kernel[1]);
    trial.bias = Images.random(out);
    trial.dy = Images.integers(8, trial.outputShape());
  }

  private static ReferenceConvolution sums(ConvolutionTrial trial) {
    return trial.reference(
        absolute(trial.x), absolute(trial.weights), absolute(trial.bias), absolute(trial.dy));
  }
}
