package org.dl4j.q4.onednn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear layer and its gradients from the definition, in DOUBLE: y[n,o] = b[o] + Σ x[n,i]·w[i,o].
 */
final class ReferenceDense {

  final INDArray y;
  final INDArray dx;
  final INDArray dw;
  final INDArray db;

  ReferenceDense(INDArray x, INDArray w, INDArray b, INDArray dy) {
    y = Nd4j.zeros(DataType.DOUBLE, dy.shape());
    dx = Nd4j.zeros(DataType.DOUBLE, x.shape());
    dw = Nd4j.zeros(DataType.DOUBLE, w.shape());
    db = Nd4j.zeros(DataType.DOUBLE, w.size(1));
    for (int n = 0; n < x.size(0); n++) {
      for (int o = 0; o < w.size(1); o++) {
        double gradient = dy.getDouble(n, o);
        double sum = b == null ? 0 : b.getDouble(o);
        db.putScalar(o, db.getDouble(o) + gradient);
        for (int i = 0; i < w.size(0); i++) {
          sum += x.getDouble(n, i) * w.getDouble(i, o);
          add(dx, n, i, gradient * w.getDouble(i, o));
          add(dw, i, o, gradient * x.getDouble(n, i));
        }
        y.putScalar(n, o, sum);
      }
    }
  }

  private static void add(INDArray to, int row, int column, double term) {
    to.putScalar(row, column, to.getDouble(row, column) + term);
  }
}
