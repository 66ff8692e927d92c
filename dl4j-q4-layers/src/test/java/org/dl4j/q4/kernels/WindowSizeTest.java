package org.dl4j.q4.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WindowSizeTest {

  private static final ConvolutionMode[] MODES = {
    ConvolutionMode.Same, ConvolutionMode.Truncate, ConvolutionMode.Strict
  };

  /** Deeplearning4j's own arithmetic reads the size from an array. */
  @Test
  void outputsHaveTheSizeThatDeeplearning4jGivesThem() {
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      int[] dilation = i % 2 == 0 ? new int[] {1, 1} : pair(random, 1, 3);
      Window2d window =
          new Window2d(
              pair(random, 1, 5),
              pair(random, 1, 4),
              pair(random, 0, 2),
              dilation,
              MODES[i % MODES.length],
              CNN2DFormat.NCHW);
      int[] in = pair(random, 1, 12);
      INDArray images = Nd4j.create(DataType.FLOAT, 1, 1, in[0], in[1]);
      long[] expected;
      try {
        expected = window.outputShape(images, 1);
      } catch (DL4JException e) {
        if (dilation[0] > 1 || dilation[1] > 1) {
          continue; // its check counts the dilation twice
        }
        refused++;
        assertThrows(
            IllegalArgumentException.class, () -> window.outputSize(new long[] {in[0], in[1]}));
        continue;
      }
      if (expected[2] < 1 || expected[3] < 1) {
        continue; // it lets kernels pass whose dilation reaches beyond the image
      }
      assertArrayEquals(
          new long[] {expected[2], expected[3]}, window.outputSize(new long[] {in[0], in[1]}));
    }
    assertTrue(refused > 25 && refused < 200, "" + refused);
  }

  private static int[] pair(Random random, int least, int most) {
    int range = most - least + 1;
    return new int[] {least + random.nextInt(range), least + random.nextInt(range)};
  }
}
