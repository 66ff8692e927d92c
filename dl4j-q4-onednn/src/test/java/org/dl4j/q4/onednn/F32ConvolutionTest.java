package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.dl4j.q4.kernels.ImageLayout;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.kernels.Window2d;
import org.dl4j.q4.onednn.runtime.BoundedCache;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The convolution in FP32 against the definition. */
class F32ConvolutionTest {

  @BeforeAll
  static void onlyWithOneDnn() {
    Available.assumeOneDnn();
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding, dilation: each vertical and horizontal
    "1, 1, 1, 1, 0, 0, 1, 1",
    "1, 1, 2, 3, 0, 0, 1, 1",
    "3, 3, 1, 1, 1, 1, 1, 1",
    "3, 3, 2, 2, 1, 1, 1, 1", // ends before the border of 8, at that of 7
    "3, 2, 2, 1, 0, 1, 1, 1",
    "2, 5, 1, 3, 1, 2, 1, 1",
    "3, 3, 1, 1, 2, 2, 2, 2",
    "2, 3, 2, 1, 1, 0, 3, 2",
    "2, 2, 1, 1, 3, 4, 1, 1", // more padding than kernel
    "8, 7, 1, 1, 0, 0, 1, 1", // the whole image
    "2, 2, 5, 4, 0, 0, 1, 1", // leaps over the kernel
  })
  void truncatingAndPaddedAsTold(int kh, int kw, int sh, int sw, int ph, int pw, int dh, int dw) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      ConvolutionTrial trial = new ConvolutionTrial();
      trial.kernel = new int[] {kh, kw};
      trial.stride = new int[] {sh, sw};
      trial.padding = new int[] {ph, pw};
      trial.dilation = new int[] {dh, dw};
      trial.format = format;

      filled(trial, 3, 4, 8, 7).assertFollowsTheDefinition();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, dilation, image: each vertical and horizontal
    "3, 3, 1, 1, 1, 1, 6, 5",
    "2, 4, 1, 1, 1, 1, 6, 5", // even kernels: one more below and to the right
    "3, 3, 2, 2, 1, 1, 6, 5",
    "3, 2, 3, 2, 1, 1, 7, 9",
    "3, 3, 1, 1, 2, 3, 7, 6",
    "1, 1, 1, 1, 1, 1, 4, 3",
    "2, 2, 2, 2, 1, 1, 5, 4",
    "5, 5, 1, 1, 1, 1, 3, 2", // the kernel is larger than the image
  })
  void sameSplitsItsPadding(int kh, int kw, int sh, int sw, int dh, int dw, int height, int width) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      ConvolutionTrial trial = new ConvolutionTrial();
      trial.mode = ConvolutionMode.Same;
      trial.kernel = new int[] {kh, kw};
      trial.stride = new int[] {sh, sw};
      trial.dilation = new int[] {dh, dw};
      trial.format = format;

      filled(trial, 3, 4, height, width).assertFollowsTheDefinition();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 16", "16, 1", "3, 16", "16, 16", "17, 33", "32, 10"})
  void channelsFillVectorsOrNot(int in, int out) {
    // oneDNN has other code for multiples of 16 and for 1 and 3 input channels.
    for (CNN2DFormat format : CNN2DFormat.values()) {
      ConvolutionTrial trial = new ConvolutionTrial();
      trial.format = format;

      filled(trial, in, out, 5, 4).assertFollowsTheDefinition();
    }
  }

  @ParameterizedTest
  @EnumSource(ImageLayout.class)
  void memoryLayoutOfImagesAndGradientsMakesNoDifference(ImageLayout layout) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      ConvolutionTrial trial = new ConvolutionTrial();
      trial.format = format;
      filled(trial, 4, 3, 6, 5);

      trial.layoutOfX = layout;
      trial.assertFollowsTheDefinition();
      trial.layoutOfX = ImageLayout.C;
      trial.layoutOfDy = layout;
      trial.assertFollowsTheDefinition();
    }
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void aBiasIsARowOrAVectorOrMissing(CNN2DFormat format) {
    ConvolutionTrial trial = new ConvolutionTrial();
    trial.format = format;
    filled(trial, 2, 3, 4, 4);

    trial.bias = Images.random(1, 3);
    trial.assertFollowsTheDefinition();
    trial.bias = null;
    trial.assertFollowsTheDefinition();
  }

  @Test
  void scalesHaveNoEffect() {
    ConvolutionTrial trial = filled(new ConvolutionTrial(), 3, 4, 5, 5);
    INDArray y = trial.run(memory.data_type.f32).y;
    INDArray dx = trial.dx;
    INDArray dw = trial.dw;

    for (int scales : new int[] {1, 4}) {
      trial.scale = Nd4j.valueArrayOf(new long[] {scales}, 0.0137f);
      trial.run(memory.data_type.f32);

      assertEquals(y, trial.y);
      assertEquals(dx, trial.dx);
      assertEquals(dw, trial.dw);
    }
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void theInputGradientMayBeLeftOut(CNN2DFormat format) {
    ConvolutionTrial trial = new ConvolutionTrial();
    trial.format = format;
    filled(trial, 3, 4, 5, 5).run(memory.data_type.f32);
    INDArray dw = Images.dirtyLike(trial.weights);
    INDArray db = Images.dirtyLike(trial.bias);

    new OneDnnConvolution(trial.window(), memory.data_type.f32)
        .backward(
            Images.to(format, trial.x),
            KernelWeights.of(trial.weights),
            trial.bias,
            Images.to(format, trial.dy),
            null,
            dw,
            db);

    assertEquals(trial.dw, dw);
    assertEquals(trial.db, db);
  }

  @Test
  void oneKernelTakesAnyShapeAfterAnyOther() {
    OneDnnConvolution kernel =
        new OneDnnConvolution(new ConvolutionTrial().window(), memory.data_type.f32);
    ConvolutionTrial first = filled(new ConvolutionTrial(), 3, 4, 6, 5);
    INDArray y = first.run(kernel).y;
    INDArray dw = first.dw;

    for (int size = 2; size < 2 + 2 * BoundedCache.CAPACITY; size++) {
      filled(new ConvolutionTrial(), 3, 4, size, 5).run(kernel);
    }

    assertEquals(y, first.run(kernel).y);
    assertEquals(dw, first.dw);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, Same, true",
    "1, 2, 1, Same, false", // the last window may begin before the last element: negative padding
    "2, 3, 1, Same, false",
    "2, 3, 2, Same, true",
    "2, 2, 1, Same, true",
    "1, 3, 1, Truncate, true",
  })
  void whatOneDnnTakes(int kernel, int stride, int dilation, ConvolutionMode mode, boolean fits) {
    // The rule has to look at both dimensions.
    for (boolean vertical : new boolean[] {true, false}) {
      Window2d window =
          new Window2d(
              pair(vertical, kernel, 3),
              pair(vertical, stride, 1),
              new int[2],
              pair(vertical, dilation, 1),
              mode,
              CNN2DFormat.NHWC);

      assertEquals(fits, OneDnnConvolution.fits(window));
    }
  }

  @Test
  void anOutputInAnotherOrderIsRefused() {
    ConvolutionTrial trial = filled(new ConvolutionTrial(), 3, 4, 5, 6);
    OneDnnConvolution kernel = new OneDnnConvolution(trial.window(), memory.data_type.f32);
    INDArray x = Images.to(trial.format, trial.x);
    INDArray y = Images.to(trial.format, trial.dy).dup('f');

    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> kernel.forward(x, KernelWeights.of(trial.weights), trial.bias, y));

    assertTrue(thrown.getMessage().startsWith("The output must be in 'c' order"), thrown::toString);
    assertFalse(y.isNaN().any(), "written to");
  }

  private static int[] pair(boolean vertical, int value, int other) {
    return vertical ? new int[] {value, other} : new int[] {other, value};
  }

  /** With a batch of two images. */
  private static ConvolutionTrial filled(
      ConvolutionTrial trial, int in, int out, int height, int width) {
    trial.x = Images.random(2, in, height, width);
    trial.weights = Images.random(out, in, trial.kernel[0], trial.kernel[1]);
    trial.bias = Images.random(out);
    trial.dy = Images.random(trial.outputShape());
    return trial;
  }
}
