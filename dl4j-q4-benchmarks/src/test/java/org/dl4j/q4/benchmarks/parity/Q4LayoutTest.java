package org.dl4j.q4.benchmarks.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Q4LayoutTest {

  private static final Parameter DENSE =
      Parameters.weights().stream()
          .filter(it -> it.layer().equals("dense"))
          .findFirst()
          .orElseThrow();

  private static double[] counted(int length) {
    return IntStream.range(0, length).asDoubleStream().toArray();
  }

  @Test
  void everyParameterComesBack() {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      Q4Layout layout = new Q4Layout(format);
      for (Parameter parameter : Parameters.ALL) {
        double[] numbers = counted(parameter.length());
        long[] shape = parameter.shape();
        INDArray array =
            shape.length == 2
                ? Nd4j.create(DataType.DOUBLE, new long[] {shape[1], shape[0]}, 'f')
                : Nd4j.create(DataType.DOUBLE, shape, 'c');
        layout.fromTorch(parameter, numbers, array);
        assertArrayEquals(numbers, layout.toTorch(parameter, array), parameter.name());
      }
    }
  }

  @Test
  void aDenseLayerBehindAFeatureMapTakesItsOrder() {
    // Feature map [24, 2, 5]. PyTorch's input 1·10 + 1·5 + 3 is channel 1, row 1, column 3.
    int input = 18;
    int output = 7;
    double[] numbers = counted(DENSE.length());
    double expected = numbers[output * 240 + input];

    INDArray first = Nd4j.create(DataType.DOUBLE, 240, 32);
    new Q4Layout(CNN2DFormat.NCHW).fromTorch(DENSE, numbers, first);
    assertEquals(expected, first.getDouble(input, output));

    INDArray last = Nd4j.create(DataType.DOUBLE, 240, 32);
    new Q4Layout(CNN2DFormat.NHWC).fromTorch(DENSE, numbers, last);
    assertEquals(expected, last.getDouble((1 * 5 + 3) * 24 + 1, output));
  }
}
