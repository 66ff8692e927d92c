package org.dl4j.q4.onednn;

import static org.dl4j.q4.kernels.Close.assertClose;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.dl4j.q4.kernels.KernelWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A scope that a caller has open frees the caller's native objects, and none that kernels keep. */
class CallersScopeTest {

  @BeforeAll
  static void onlyWithOneDnn() {
    Available.assumeOneDnn();
  }

  @Test
  @SuppressWarnings("unchecked") // PointerScope's constructor has generic varargs
  void aKernelUsedWithinAScopeWorksBehindIt() throws Exception {
    INDArray x = Nd4j.randn(DataType.FLOAT, 5, 40);
    INDArray w = Nd4j.randn(DataType.FLOAT, 40, 30);
    INDArray scale = Nd4j.ones(DataType.FLOAT, 1);
    INDArray y = Nd4j.create(DataType.FLOAT, 5, 30);
    OneDnnDense kernel = new OneDnnDense(new F32Kernels().productType());
    // A new thread has neither a stream nor working memory yet.
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      thread
          .submit(
              () -> {
                try (PointerScope ignored = new PointerScope()) {
                  kernel.forward(x, KernelWeights.of(w, scale, 1), null, y);
                }
                for (long version = 1; version < 3; version++) {
                  y.assign(0);
                  kernel.forward(x, KernelWeights.of(w, scale, version), null, y);
                }
                kernel.forward(x, KernelWeights.of(w), null, y);
              })
          .get(60, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }

    assertClose("y", x.castTo(DataType.DOUBLE).mmul(w.castTo(DataType.DOUBLE)), y);
  }
}
