package org.dl4j.q4.kernels;

import static org.dl4j.q4.kernels.Close.assertClose;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The convolution ops against the definition, in every layout an array can come in. */
class Conv2dTest {

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

  private static void compare(
      ConvolutionLayer layer,
      INDArray x,
      INDArray w,
      INDArray b,
      ImageLayout layoutOfX,
      ImageLayout layoutOfDy) {
    Conv2dGeometry geometry = new Conv2dGeometry(layer);
    CNN2DFormat format = layer.getCnn2dDataFormat();
    INDArray in = layoutOfX.of(to(format, x));
    long[] outShape = geometry.outputShape(in, w.size(0));
    INDArray dy = layoutOfDy.of(random(x.dataType(), outShape));

    INDArray y = dirty(x.dataType(), outShape);
    INDArray dx = dirty(x.dataType(), in.shape());
    INDArray dw = dirty(x.dataType(), w.shape());
    INDArray db = b == null ? null : dirty(x.dataType(), b.shape());
    Conv2d.forward(in, w, b, geometry, y);
    Conv2d.backward(in, w, b, dy, geometry, dx, dw, db);

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
