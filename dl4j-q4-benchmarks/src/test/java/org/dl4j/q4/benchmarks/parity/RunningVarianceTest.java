package org.dl4j.q4.benchmarks.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RunningVarianceTest {

  @Test
  void twoStepsByHand() {
    // Batches of N = 5 whose variances divide by 4 in PyTorch: 2 and 4; with N they are 1.6 and
    // 3.2.
    double theirs = 0.9 * (0.9 * 1 + 0.1 * 2) + 0.1 * 4;
    double ours = 0.9 * (0.9 * 1 + 0.1 * 1.6) + 0.1 * 3.2;
    double[] biased = RunningVariance.biased(new double[] {1}, new double[] {theirs}, 2, 5);
    assertEquals(ours, biased[0], 1e-12);
  }
}
