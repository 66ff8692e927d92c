package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Elements are read as one stretch of memory where they are one, wherever it begins. */
class FlatTensorTest {

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void readsViewsInTheirOwnOrder(DataType type) {
    INDArray all = Nd4j.arange(24).castTo(type);

    assertElements(all.get(NDArrayIndex.interval(4, 10)), 4, 5, 6, 7, 8, 9);
    // As DL4J cuts a dense layer's weights out of all parameters.
    INDArray part = all.get(NDArrayIndex.interval(4, 10));
    assertElements(part.reshape('f', 3, 2), 4, 5, 6, 7, 8, 9);
    assertElements(part.reshape('c', 3, 2), 4, 5, 6, 7, 8, 9);
    assertElements(part.reshape('c', 3, 2).transpose(), 4, 5, 6, 7, 8, 9);
    INDArray rows = all.reshape('c', 4, 6);
    assertElements(rows.getRow(1), 6, 7, 8, 9, 10, 11);
    assertElements(rows.getColumn(1), 1, 7, 13, 19);
    INDArray block = rows.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(2, 4));
    assertElements(block.dup('c'), 8, 9, 14, 15);
    double[] expected =
        block.ordering() == 'c' ? new double[] {8, 9, 14, 15} : new double[] {8, 14, 9, 15};
    assertElements(block, expected);
  }

  private static void assertElements(INDArray array, double... expected) {
    assertArrayEquals(expected, FlatTensor.elements(array), array::shapeInfoToString);
  }
}
