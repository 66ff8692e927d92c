package org.dl4j.q4.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class Conv2dGeometryTest {

  @Test
  void truncateAndStrictPadAsTold() {
    ConvolutionLayer layer = layer(ConvolutionMode.Truncate, CNN2DFormat.NCHW);
    Conv2dGeometry geometry = new Conv2dGeometry(layer);

    assertArrayEquals(new int[] {3, 2, 2, 1, 1, 0, 1, 1, 0, 0, 1}, geometry.arguments());
    // (8 - 3 + 2·1) / 2 + 1 = 4 (truncated), (5 - 2) / 1 + 1 = 4
    assertArrayEquals(
        new long[] {6, 9, 4, 4}, geometry.outputShape(Nd4j.create(DataType.FLOAT, 6, 2, 8, 5), 9));
  }

  @Test
  void strictRefusesWhatDoesNotFit() {
    Conv2dGeometry geometry = new Conv2dGeometry(layer(ConvolutionMode.Strict, CNN2DFormat.NCHW));

    assertThrows(
        DL4JInvalidConfigException.class,
        () -> geometry.outputShape(Nd4j.create(DataType.FLOAT, 6, 2, 8, 5), 9));
  }

  @Test
  void sameLeavesThePaddingToTheOp() {
    ConvolutionLayer layer = layer(ConvolutionMode.Same, CNN2DFormat.NHWC);
    Conv2dGeometry geometry = new Conv2dGeometry(layer);

    assertArrayEquals(new int[] {3, 2, 2, 1, 0, 0, 1, 1, 1, 1, 1}, geometry.arguments());
    assertArrayEquals(
        new long[] {6, 4, 5, 9}, geometry.outputShape(Nd4j.create(DataType.FLOAT, 6, 8, 5, 2), 9));
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

      assertEquals(fits, new Conv2dGeometry(layer).fitsOneDnn(), layer::toString);
    }
  }

  private static int[] pair(boolean vertical, int value, int other) {
    return vertical ? new int[] {value, other} : new int[] {other, value};
  }

  private static ConvolutionLayer layer(ConvolutionMode mode, CNN2DFormat format) {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(3, 2)
            .stride(2, 1)
            .convolutionMode(mode)
            .dataFormat(format)
            .build();
    layer.setPadding(
        new int[] {1, 0}); // the builder refuses it for Same, a configuration may hold it
    return layer;
  }
}
