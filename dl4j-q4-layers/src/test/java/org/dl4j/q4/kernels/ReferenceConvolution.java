package org.dl4j.q4.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A convolution and its gradients straight from the definition, in NCHW: y[n,o,i,j] = b[o] + Σ
 * w[o,c,k,l] · x[n, c, i·s − p + k·d, j·s − p + l·d]. Seven nested loops and no library.
 */
public final class ReferenceConvolution {

  public final INDArray y;
  public final INDArray dx;
  public final INDArray dw;
  public final INDArray db;

  /**
   * @param pad rows and columns of zeros above and to the left
   */
  public ReferenceConvolution(
      INDArray x, INDArray w, INDArray b, INDArray dy, int[] stride, int[] pad, int[] dilation) {
    y = Nd4j.zeros(DataType.DOUBLE, dy.shape());
    dx = Nd4j.zeros(DataType.DOUBLE, x.shape());
    dw = Nd4j.zeros(DataType.DOUBLE, w.shape());
    db = Nd4j.zeros(DataType.DOUBLE, w.size(0));
    for (int n = 0; n < dy.size(0); n++) {
      for (int o = 0; o < dy.size(1); o++) {
        for (int i = 0; i < dy.size(2); i++) {
          for (int j = 0; j < dy.size(3); j++) {
            double gradient = dy.getDouble(n, o, i, j);
            double sum = b == null ? 0 : b.getDouble(o);
            db.putScalar(o, db.getDouble(o) + gradient);
            for (int c = 0; c < x.size(1); c++) {
              for (int k = 0; k < w.size(2); k++) {
                for (int l = 0; l < w.size(3); l++) {
                  int row = i * stride[0] - pad[0] + k * dilation[0];
                  int column = j * stride[1] - pad[1] + l * dilation[1];
                  if (row < 0 || row >= x.size(2) || column < 0 || column >= x.size(3)) {
                    continue;
                  }
                  double pixel = x.getDouble(n, c, row, column);
                  double weight = w.getDouble(o, c, k, l);
                  sum += weight * pixel;
                  add(dx, gradient * weight, n, c, row, column);
                  add(dw, gradient * pixel, o, c, k, l);
                }
              }
            }
            y.putScalar(new int[] {n, o, i, j}, sum);
          }
        }
      }
    }
  }

  private static void add(INDArray to, double term, int... at) {
    to.putScalar(at, to.getDouble(at) + term);
  }
}
