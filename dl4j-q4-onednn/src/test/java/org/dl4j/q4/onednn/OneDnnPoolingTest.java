package org.dl4j.q4.onednn;

import static org.dl4j.q4.kernels.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.dl4j.q4.kernels.ImageLayout;
import org.dl4j.q4.kernels.PoolingSpec;
import org.dl4j.q4.onednn.runtime.BoundedCache;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pooling against its definition. */
class OneDnnPoolingTest {

  @BeforeAll
  static void onlyWithOneDnn() {
    Available.assumeOneDnn();
  }

  @Test
  void maximaAndAveragesWorkedOutByHand() {
    // 1 2 3    maxima of 2×2 windows with stride 1: 5 6 8 9, averages: 3 4 6 7
    // 4 5 6
    // 7 8 9
    INDArray x = Nd4j.createFromArray(1f, 2, 3, 4, 5, 6, 7, 8, 9).reshape(1, 1, 3, 3);
    INDArray y = Images.dirty(1, 1, 2, 2);

    new OneDnnPooling(spec(PoolingType.MAX, 2, 1, 0, CNN2DFormat.NCHW)).forward(x, y, false);
    assertArrayEquals(new float[] {5, 6, 8, 9}, y.reshape(4).toFloatVector());

    new OneDnnPooling(spec(PoolingType.AVG, 2, 1, 0, CNN2DFormat.NCHW)).forward(x, y, false);
    assertArrayEquals(new float[] {3, 4, 6, 7}, y.reshape(4).toFloatVector());
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding: each vertical and horizontal
    "2, 2, 2, 2, 0, 0",
    "3, 3, 2, 2, 1, 1",
    "2, 3, 1, 2, 1, 0",
    "3, 2, 3, 1, 2, 1",
    "3, 3, 4, 5, 0, 0", // leaps over elements
    "1, 1, 1, 1, 0, 0",
    "7, 5, 1, 1, 0, 0", // the whole image
    "4, 4, 3, 3, 3, 3",
  })
  void equalsTheDefinition(int kh, int kw, int sh, int sw, int ph, int pw) {
    for (PoolingType type : new PoolingType[] {PoolingType.MAX, PoolingType.AVG}) {
      for (CNN2DFormat format : CNN2DFormat.values()) {
        for (boolean paddingCounts : new boolean[] {false, true}) {
          for (int channels : new int[] {3, 16}) {
            SubsamplingLayer layer =
                layer(type, format)
                    .kernelSize(kh, kw)
                    .stride(sh, sw)
                    .padding(ph, pw)
                    .avgPoolIncludePadInDivisor(paddingCounts)
                    .build();
            Trial trial = new Trial(layer, ConvolutionMode.Truncate, channels, 7, 5);

            trial.train().assertFollowsTheDefinition(ph, pw);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, image, padding above and to the left
    "2, 2, 6, 4, 0, 0",
    "2, 2, 7, 5, 0, 0", // one row and column of padding, below and to the right
    "3, 2, 7, 5, 1, 1",
    "3, 2, 6, 4, 0, 0",
    "3, 1, 5, 4, 1, 1",
    "4, 3, 5, 7, 1, 1", // 2·3 + 4 − 7 = 3 columns, 1 of them to the left
  })
  void sameSplitsItsPadding(
      int kernel, int stride, int height, int width, int paddingAbove, int paddingLeft) {
    for (PoolingType type : new PoolingType[] {PoolingType.MAX, PoolingType.AVG}) {
      for (CNN2DFormat format : CNN2DFormat.values()) {
        for (boolean paddingCounts : new boolean[] {false, true}) {
          SubsamplingLayer layer =
              layer(type, format)
                  .kernelSize(kernel, kernel)
                  .stride(stride, stride)
                  .avgPoolIncludePadInDivisor(paddingCounts)
                  .build();
          Trial trial = new Trial(layer, ConvolutionMode.Same, 3, height, width);

          trial.train().assertFollowsTheDefinition(paddingAbove, paddingLeft);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ImageLayout.class)
  void imagesAndGradientsComeInAnyLayout(ImageLayout layout) {
    for (PoolingType type : new PoolingType[] {PoolingType.MAX, PoolingType.AVG}) {
      for (CNN2DFormat format : CNN2DFormat.values()) {
        SubsamplingLayer layer = layer(type, format).kernelSize(3, 2).stride(2, 1).build();
        Trial trial = new Trial(layer, ConvolutionMode.Truncate, 4, 6, 5);
        trial.layout = layout;

        trial.train().assertFollowsTheDefinition(0, 0);
      }
    }
  }

  @Test
  void ofSeveralMaximaOneGetsTheGradient() {
    INDArray x = Nd4j.createFromArray(4f, 4, 4, 4).reshape(1, 2, 2, 1);
    INDArray dx = Images.dirtyLike(x);
    OneDnnPooling kernel = new OneDnnPooling(spec(PoolingType.MAX, 2, 2, 0, CNN2DFormat.NHWC));

    kernel.forward(x, Images.dirty(1, 1, 1, 1), true);
    kernel.backward(x, Nd4j.createFromArray(3f).reshape(1, 1, 1, 1), dx);

    assertEquals(3, dx.sumNumber().doubleValue());
    assertEquals(3, dx.maxNumber().doubleValue());
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void theMaximaOutliveInference(CNN2DFormat format) {
    SubsamplingLayer layer = layer(PoolingType.MAX, format).kernelSize(2, 2).stride(2, 2).build();
    Trial trial = new Trial(layer, ConvolutionMode.Truncate, 4, 6, 6).train();
    Trial other = new Trial(layer, ConvolutionMode.Truncate, 4, 6, 6);
    other.kernel = trial.kernel;

    other.forward(false);

    trial.assertFollowsTheDefinition(0, 0);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void gradientsAreThoseOfTheLastTrainingPassWhateverItsShape(CNN2DFormat format) {
    SubsamplingLayer layer = layer(PoolingType.MAX, format).kernelSize(2, 2).stride(2, 2).build();
    Trial first = new Trial(layer, ConvolutionMode.Truncate, 4, 6, 6).train();
    for (int size = 2; size < 2 + 2 * BoundedCache.CAPACITY; size++) {
      Trial another = new Trial(layer, ConvolutionMode.Truncate, 4, size, 5);
      another.kernel = first.kernel;
      another.train().assertFollowsTheDefinition(0, 0);
    }

    first.train().assertFollowsTheDefinition(0, 0);
  }

  @Test
  void aBackwardPassWithoutAForwardPassIsAnError() {
    SubsamplingLayer layer = layer(PoolingType.MAX, CNN2DFormat.NHWC).kernelSize(2, 2).build();
    Trial trial = new Trial(layer, ConvolutionMode.Truncate, 4, 6, 6);
    trial.forward(false); // leaves nothing for a backward pass

    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> trial.assertFollowsTheDefinition(0, 0));

    assertEquals(
        "A backward pass needs a forward pass for training before it", thrown.getMessage());
  }

  @Test
  void gradientsOfAnotherShapeAreRefused() {
    SubsamplingLayer layer =
        layer(PoolingType.MAX, CNN2DFormat.NCHW).kernelSize(2, 2).stride(2, 2).build();
    Trial trial = new Trial(layer, ConvolutionMode.Truncate, 4, 6, 6).train();
    INDArray dy = Images.random(2, 4, 3, 2);
    INDArray dx = Images.dirtyLike(trial.x);

    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> trial.kernel.backward(trial.x, dy, dx));

    assertEquals(
        "The gradient at the output must have the shape [2, 4, 3, 3]; got [2, 4, 3, 2]",
        thrown.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    // pooling, kernel, stride, padding, dilation
    "MAX, 2, 2, 1, 1, true",
    "AVG, 2, 2, 1, 1, true",
    "PNORM, 2, 2, 0, 1, false",
    "SUM, 2, 2, 0, 1, false",
    "MAX, 2, 2, 2, 1, false", // a window of nothing but padding
    "MAX, 2, 2, 0, 2, false",
  })
  void whatOneDnnTakes(
      PoolingType type, int kernel, int stride, int padding, int dilation, boolean fits) {
    for (boolean vertical : new boolean[] {true, false}) {
      SubsamplingLayer layer =
          layer(type, CNN2DFormat.NHWC)
              .kernelSize(pair(vertical, kernel, 3))
              .stride(pair(vertical, stride, 1))
              .padding(pair(vertical, padding, 0))
              .dilation(pair(vertical, dilation, 1))
              .pnorm(2)
              .build();

      assertEquals(fits, OneDnnPooling.fits(new PoolingSpec(layer, ConvolutionMode.Truncate)));
    }
  }

  private static int[] pair(boolean vertical, int value, int other) {
    return vertical ? new int[] {value, other} : new int[] {other, value};
  }

  private static SubsamplingLayer.Builder layer(PoolingType type, CNN2DFormat format) {
    return new SubsamplingLayer.Builder(type).dataFormat(format);
  }

  private static PoolingSpec spec(
      PoolingType type, int kernel, int stride, int padding, CNN2DFormat format) {
    return new PoolingSpec(
        layer(type, format)
            .kernelSize(kernel, kernel)
            .stride(stride, stride)
            .padding(padding, padding)
            .build(),
        ConvolutionMode.Truncate);
  }

  /** Two random images on a kernel. */
  private static final class Trial {

    final SubsamplingLayer layer;
    final CNN2DFormat format;
    final INDArray x;
    final INDArray dy;
    final INDArray y;
    OneDnnPooling kernel;
    ImageLayout layout = ImageLayout.C;

    Trial(SubsamplingLayer layer, ConvolutionMode mode, int channels, int height, int width) {
      this.layer = layer;
      this.format = layer.getCnn2dDataFormat();
      PoolingSpec spec = new PoolingSpec(layer, mode);
      this.x = Images.random(2, channels, height, width);
      long[] shape = spec.outputShape(Images.to(format, x));
      this.y = Images.dirty(shape);
      this.dy = Images.from(format, Images.random(shape));
      this.kernel = new OneDnnPooling(spec);
    }

    Trial train() {
      forward(true);
      return this;
    }

    void forward(boolean training) {
      kernel.forward(layout.of(Images.to(format, x)), y, training);
    }

    void assertFollowsTheDefinition(int paddingAbove, int paddingLeft) {
      INDArray images = layout.of(Images.to(format, x));
      INDArray dx = Images.dirty(images.shape());
      kernel.backward(images, layout.of(Images.to(format, dy)), dx);

      ReferencePooling reference =
          new ReferencePooling(
              x,
              dy,
              layer.getPoolingType() == PoolingType.MAX,
              layer.isAvgPoolIncludePadInDivisor(),
              layer.getKernelSize(),
              layer.getStride(),
              new int[] {paddingAbove, paddingLeft});
      assertClose("y", reference.y, Images.from(format, y));
      assertClose("dx", reference.dx, Images.from(format, dx));
    }
  }
}
