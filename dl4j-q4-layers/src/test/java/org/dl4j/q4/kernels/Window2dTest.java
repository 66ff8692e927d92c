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

class Window2dTest {

  @Test
  void truncateAndStrictPadAsTold() {
    ConvolutionLayer layer = layer(ConvolutionMode.Truncate, CNN2DFormat.NCHW);
    Window2d geometry = Window2d.of(layer);

    // (8 - 3 + 2·1) / 2 + 1 = 4 (truncated), (5 - 2) / 1 + 1 = 4
    assertArrayEquals(
        new long[] {6, 9, 4, 4}, geometry.outputShape(Nd4j.create(DataType.FLOAT, 6, 2, 8, 5), 9));
  }

  @Test
  void strictRefusesWhatDoesNotFit() {
    Window2d geometry = Window2d.of(layer(ConvolutionMode.Strict, CNN2DFormat.NCHW));

    assertThrows(
        DL4JInvalidConfigException.class,
        () -> geometry.outputShape(Nd4j.create(DataType.FLOAT, 6, 2, 8, 5), 9));
  }

  @Test
  void sameIgnoresThePaddingGiven() {
    ConvolutionLayer layer = layer(ConvolutionMode.Same, CNN2DFormat.NHWC);
    Window2d geometry = Window2d.of(layer);

    assertArrayEquals(
        new long[] {6, 4, 5, 9}, geometry.outputShape(Nd4j.create(DataType.FLOAT, 6, 8, 5, 2), 9));
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, padding, dilation, mode, input, output, before, after
    "3, 1, 1, 1, Truncate, 8, 8, 1, 1",
    "3, 2, 1, 1, Truncate, 8, 4, 1, 0", // the window ends at the last element
    "3, 2, 0, 1, Truncate, 8, 3, 0, -1", // and here before it
    "3, 1, 2, 2, Truncate, 8, 8, 2, 2",
    "3, 1, 0, 1, Same, 8, 8, 1, 1",
    "2, 1, 0, 1, Same, 8, 8, 0, 1", // the odd one goes behind
    "3, 2, 0, 1, Same, 8, 4, 0, 1",
    "3, 1, 0, 2, Same, 8, 8, 2, 2"
  })
  void paddingBeforeAndAfter(
      int kernel,
      int stride,
      int padding,
      int dilation,
      ConvolutionMode mode,
      long in,
      long out,
      long before,
      long after) {
    for (int axis = 0; axis < 2; axis++) {
      Window2d window =
          new Window2d(
              pair(axis, kernel, 1),
              pair(axis, stride, 1),
              pair(axis, padding, 0),
              pair(axis, dilation, 1),
              mode,
              CNN2DFormat.NCHW);
      long[] input = {5, 5};
      long[] output = {5, 5};
      input[axis] = in;
      output[axis] = out;

      assertEquals(before, window.leadingPadding(input, output)[axis]);
      assertEquals(after, window.trailingPadding(input, output)[axis]);
      assertEquals(0, window.leadingPadding(input, output)[1 - axis]);
      assertEquals(0, window.trailingPadding(input, output)[1 - axis]);
    }
  }

  private static int[] pair(int axis, int value, int other) {
    return axis == 0 ? new int[] {value, other} : new int[] {other, value};
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
