package org.dl4j.q4.kernels.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ChannelSumsTest {

  @Test
  void sumsOfTwoImagesWithTwoChannels() {
    INDArray nchw = Nd4j.createFromArray(1f, 2, 3, 4, 5, 6, 7, 8).reshape(2, 2, 1, 2);
    INDArray nhwc = nchw.permute(0, 2, 3, 1).dup('c');
    float[] sum = {1 + 2 + 5 + 6, 3 + 4 + 7 + 8};
    float[] squares = {1 + 4 + 25 + 36, 9 + 16 + 49 + 64};

    ChannelSums first = new ChannelSums(CNN2DFormat.NCHW);
    assertArrayEquals(sum, first.sum(nchw).toFloatVector());
    assertArrayEquals(squares, first.dot(nchw, nchw, nchw.like()).toFloatVector());
    ChannelSums last = new ChannelSums(CNN2DFormat.NHWC);
    assertArrayEquals(sum, last.sum(nhwc).toFloatVector());
    assertArrayEquals(squares, last.dot(nhwc, nhwc, nhwc.like()).toFloatVector());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "1, 5, 1, 1", "4, 1, 1, 1", "1, 3, 2, 2", "3, 1, 2, 4", "2, 3, 4, 1"})
  void everyShapeGivesAVectorOfTheChannels(int batch, int channels, int height, int width) {
    // Dimensions of length 1 are where ND4J takes short cuts.
    INDArray x = Nd4j.randn(DataType.DOUBLE, batch, channels, height, width);
    INDArray y = Nd4j.randn(DataType.DOUBLE, batch, channels, height, width);
    double[] sum = new double[channels];
    double[] dot = new double[channels];
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < height; i++) {
          for (int j = 0; j < width; j++) {
            sum[c] += x.getDouble(n, c, i, j);
            dot[c] += x.getDouble(n, c, i, j) * y.getDouble(n, c, i, j);
          }
        }
      }
    }

    for (CNN2DFormat format : CNN2DFormat.values()) {
      INDArray first = to(format, x);
      INDArray second = to(format, y);
      ChannelSums sums = new ChannelSums(format);
      assertArrayEquals(sum, sums.sum(first).toDoubleVector(), 1e-12);
      assertArrayEquals(dot, sums.dot(first, second, first.like()).toDoubleVector(), 1e-12);
      assertArrayEquals(new long[] {channels}, sums.sum(first).shape());
    }
  }

  private static INDArray to(CNN2DFormat format, INDArray nchw) {
    return format == CNN2DFormat.NCHW ? nchw : nchw.permute(0, 2, 3, 1).dup('c');
  }
}
