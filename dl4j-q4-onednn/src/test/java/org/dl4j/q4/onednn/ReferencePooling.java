package org.dl4j.q4.onednn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Maximum and average of a sliding window and their gradients from the definition, in NCHW and
 * DOUBLE. Padding is never a maximum; in an average it counts as zeros or not at all.
 */
final class ReferencePooling {

  final INDArray y;
  final INDArray dx;

  ReferencePooling(
      INDArray x,
      INDArray dy,
      boolean maximum,
      boolean paddingCounts,
      int[] kernel,
      int[] stride,
      int[] padding) {
    y = Nd4j.zeros(DataType.DOUBLE, dy.shape());
    dx = Nd4j.zeros(DataType.DOUBLE, x.shape());
    for (int n = 0; n < dy.size(0); n++) {
      for (int c = 0; c < dy.size(1); c++) {
        for (int i = 0; i < dy.size(2); i++) {
          for (int j = 0; j < dy.size(3); j++) {
            int top = i * stride[0] - padding[0];
            int left = j * stride[1] - padding[1];
            int firstRow = Math.max(0, top);
            int lastRow = Math.min((int) x.size(2), top + kernel[0]);
            int firstColumn = Math.max(0, left);
            int lastColumn = Math.min((int) x.size(3), left + kernel[1]);
            int count =
                paddingCounts
                    ? kernel[0] * kernel[1]
                    : (lastRow - firstRow) * (lastColumn - firstColumn);
            double sum = 0;
            int[] largest = {n, c, firstRow, firstColumn};
            for (int row = firstRow; row < lastRow; row++) {
              for (int column = firstColumn; column < lastColumn; column++) {
                int[] at = {n, c, row, column};
                sum += x.getDouble(at);
                largest = x.getDouble(at) > x.getDouble(largest) ? at : largest;
                if (!maximum) {
                  add(dx, dy.getDouble(n, c, i, j) / count, at);
                }
              }
            }
            if (maximum) {
              add(dx, dy.getDouble(n, c, i, j), largest);
            }
            y.putScalar(new int[] {n, c, i, j}, maximum ? x.getDouble(largest) : sum / count);
          }
        }
      }
    }
  }

  private static void add(INDArray to, double term, int... at) {
    to.putScalar(at, to.getDouble(at) + term);
  }
}
