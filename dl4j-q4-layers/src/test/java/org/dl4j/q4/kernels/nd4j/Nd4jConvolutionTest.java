package org.dl4j.q4.kernels.nd4j;

import static org.dl4j.q4.kernels.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.dl4j.q4.kernels.ConvolutionKernel;
import org.dl4j.q4.kernels.ImageLayout;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.kernels.ReferenceConvolution;
import org.dl4j.q4.kernels.Window2d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The convolution ops against the definition, in every layout an array can come in. */
class Nd4jConvolutionTest {

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding, dilation
    "1, 1, 1, 1, 0, 0, 1, 1",
    "3, 3, 1, 1, 1, 1, 1, 1",
    "3, 2, 2, 1, 0, 1, 1, 1",
    "2, 5, 1, 3, 1, 2, 1, 1"
  })
  void equalsTheDefinition(int kh, int kw, int sh, int sw, int ph, int pw, int dh, int dw) {
    ConvolutionLayer layer = layer(CNN2DFormat.NCHW);
    layer.setKernelSize(new int[] {kh, kw});
    layer.setStride(new int[] {sh, sw});
    layer.setPadding(new int[] {ph, pw});
    layer.setDilation(new int[] {dh, dw});
    INDArray x = random(DataType.FLOAT, 2, 3, 7, 6);
    INDArray w = random(DataType.FLOAT, 4, 3, kh, kw);

    compare(layer, x, w, random(DataType.FLOAT, 4), ImageLayout.C, ImageLayout.C);
  }

  @ParameterizedTest
  @EnumSource(ImageLayout.class)
  void memoryLayoutOfInputAndGradientMakesNoDifference(ImageLayout layout) {
    INDArray x = random(DataType.FLOAT, 2, 4, 6, 5);
    INDArray w = random(DataType.FLOAT, 3, 4, 3, 3);

    for (CNN2DFormat format : CNN2DFormat.values()) {
      compare(layer(format), x, w, random(DataType.FLOAT, 3), layout, ImageLayout.C);
      compare(layer(format), x, w, random(DataType.FLOAT, 3), ImageLayout.C, layout);
    }
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void aBiasIsARowOrAVectorOrMissing(CNN2DFormat format) {
    INDArray x = random(DataType.FLOAT, 2, 2, 4, 4);
    INDArray w = random(DataType.FLOAT, 3, 2, 3, 3);

    compare(layer(format), x, w, null, ImageLayout.C, ImageLayout.C);
    compare(layer(format), x, w, random(DataType.FLOAT, 1, 3), ImageLayout.C, ImageLayout.C);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void doublesWorkToo(CNN2DFormat format) {
    INDArray x = random(DataType.DOUBLE, 2, 2, 4, 4);
    INDArray w = random(DataType.DOUBLE, 3, 2, 3, 3);

    compare(layer(format), x, w, random(DataType.DOUBLE, 3), ImageLayout.C, ImageLayout.C);
  }

  @Test
  void theInputGradientMayBeLeftOut() {
    Window2d window = Window2d.of(layer(CNN2DFormat.NHWC));
    ConvolutionKernel kernel = new Nd4jConvolution(window);
    INDArray x = random(DataType.FLOAT, 2, 4, 4, 3);
    KernelWeights w = KernelWeights.of(random(DataType.FLOAT, 5, 3, 3, 3));
    INDArray dy = random(DataType.FLOAT, 2, 4, 4, 5);
    INDArray expected = dirty(DataType.FLOAT, 5, 3, 3, 3);
    INDArray actual = dirty(DataType.FLOAT, 5, 3, 3, 3);

    kernel.backward(x, w, null, dy, x.ulike(), expected, null);
    kernel.backward(x, w, null, dy, null, actual, null);

    assertEquals(expected, actual);
  }

  @Test
  void theOpWorksThePaddingOfSameOutItself() {
    int[] size = {3, 2};
    int[] stride = {2, 1};
    int[] padding = {1, 0};
    int[] dilation = {1, 1};

    assertArrayEquals(
        new int[] {3, 2, 2, 1, 1, 0, 1, 1, 0, 0, 1},
        Nd4jConvolution.arguments(
            new Window2d(
                size, stride, padding, dilation, ConvolutionMode.Truncate, CNN2DFormat.NCHW)));
    assertArrayEquals(
        new int[] {3, 2, 2, 1, 0, 0, 1, 1, 1, 1, 1},
        Nd4jConvolution.arguments(
            new Window2d(size, stride, padding, dilation, ConvolutionMode.Same, CNN2DFormat.NHWC)));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, 1, Same, true",
    "3, 2, 1, Truncate, true",
    "3, 1, 2, Same, false", // ND4J's helper leaves the dilation out of the padding
    "3, 1, 2, Truncate, false",
    "1, 1, 2, Truncate, true", // a 1×1 kernel has nothing to dilate
    "1, 2, 1, Same, true",
    "1, 3, 1, Same, false", // negative padding
    "1, 3, 1, Truncate, true",
    "2, 3, 1, Same, true",
    "2, 4, 1, Same, false"
  })
  void whatOneDnnTakes(int kernel, int stride, int dilation, ConvolutionMode mode, boolean fits) {
    // Each rule has to look at both dimensions.
    for (boolean vertical : new boolean[] {true, false}) {
      ConvolutionLayer layer =
          new ConvolutionLayer.Builder(pair(vertical, kernel, 3))
              .stride(pair(vertical, stride, 1))
              .dilation(pair(vertical, dilation, 1))
              .convolutionMode(mode)
              .build();

      assertEquals(fits, Nd4jConvolution.fitsOneDnn(Window2d.of(layer)), layer::toString);
    }
  }

  private static int[] pair(boolean vertical, int value, int other) {
    return vertical ? new int[] {value, other} : new int[] {other, value};
  }

  private static void compare(
      ConvolutionLayer layer,
      INDArray x,
      INDArray w,
      INDArray b,
      ImageLayout layoutOfX,
      ImageLayout layoutOfDy) {
    Window2d geometry = Window2d.of(layer);
    ConvolutionKernel kernel = new Nd4jConvolution(geometry);
    CNN2DFormat format = layer.getCnn2dDataFormat();
    INDArray in = layoutOfX.of(to(format, x));
    long[] outShape = geometry.outputShape(in, w.size(0));
    INDArray dy = layoutOfDy.of(random(x.dataType(), outShape));

    INDArray y = dirty(x.dataType(), outShape);
    INDArray dx = dirty(x.dataType(), in.shape());
    INDArray dw = dirty(x.dataType(), w.shape());
    INDArray db = b == null ? null : dirty(x.dataType(), b.shape());
    kernel.forward(in, KernelWeights.of(w), b, y);
    kernel.backward(in, KernelWeights.of(w), b, dy, dx, dw, db);

    ReferenceConvolution reference =
        new ReferenceConvolution(
            x, w, b, from(format, dy), layer.getStride(), layer.getPadding(), layer.getDilation());
    assertClose("y", reference.y, from(format, y));
    assertClose("dx", reference.dx, from(format, dx));
    assertClose("dw", reference.dw, dw);
    if (b != null) {
      assertClose("db", reference.db, db.reshape(db.length()));
    }
  }

  private static ConvolutionLayer layer(CNN2DFormat format) {
    return new ConvolutionLayer.Builder(3, 3)
        .padding(1, 1)
        .convolutionMode(ConvolutionMode.Truncate)
        .dataFormat(format)
        .build();
  }

  private static INDArray random(DataType type, long... shape) {
    return Nd4j.randn(type, shape);
  }

  /** Outputs are overwritten, so what they held must not matter. */
  private static INDArray dirty(DataType type, long... shape) {
    return Nd4j.valueArrayOf(shape, Double.NaN, type);
  }

  private static INDArray to(CNN2DFormat format, INDArray nchw) {
    return format == CNN2DFormat.NCHW ? nchw : nchw.permute(0, 2, 3, 1).dup('c');
  }

  private static INDArray from(CNN2DFormat format, INDArray images) {
    return format == CNN2DFormat.NCHW ? images : images.permute(0, 3, 1, 2).dup('c');
  }
}
