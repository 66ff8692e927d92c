package org.dl4j.q4.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.kernels.Close;
import org.dl4j.q4.kernels.ReferenceConvolution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Threads with kernels of their own compute at the same time, as {@code ParallelWrapper} does. */
class ThreadsTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 50;

  @BeforeAll
  static void onlyWithOneDnn() {
    Available.assumeOneDnn();
  }

  @Test
  void nobodyWritesIntoAnothersScratchMemory() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<?>> results = new ArrayList<>();
    try {
      for (int i = 0; i < THREADS; i++) {
        ConvolutionTrial trial = trial(8 + i); // sizes differ, so that a shared buffer would move
        results.add(pool.submit(() -> run(trial, start)));
      }
      for (Future<?> result : results) {
        result.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Void run(ConvolutionTrial trial, CyclicBarrier start) throws Exception {
    OneDnnConvolution kernel = new OneDnnConvolution(trial.window(), memory.data_type.f32);
    ReferenceConvolution reference = trial.reference();
    start.await();
    for (int round = 0; round < ROUNDS; round++) {
      trial.run(kernel);
      Close.assertClose("y", reference.y, trial.y);
      Close.assertClose("dx", reference.dx, trial.dx);
      Close.assertClose("dw", reference.dw, trial.dw);
      Close.assertClose("db", reference.db, trial.db);
    }
    return null;
  }

  /** In NCHW, where all images go by way of scratch memory. */
  private static ConvolutionTrial trial(int size) {
    ConvolutionTrial trial = new ConvolutionTrial();
    trial.format = CNN2DFormat.NCHW;
    trial.x = Images.random(2, 4, size, size);
    trial.weights = Images.random(5, 4, 3, 3);
    trial.bias = Images.random(5);
    trial.dy = Images.random(trial.outputShape());
    return trial;
  }
}
