package org.dl4j.q4.benchmarks.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TorchCosineTest {

  @Test
  void followsTheClosedFormDownAndUpAgain() {
    TorchCosine cosine = new TorchCosine(1e-2, 1e-3, 6);
    for (int t = 0; t <= 40; t++) {
      double expected = 1e-3 + 9e-3 * (1 + Math.cos(Math.PI * t / 6)) / 2;
      assertEquals(expected, cosine.rate(), 1e-15, "t = " + t);
      cosine.advance();
    }
  }

  @Test
  void knownPoints() {
    TorchCosine cosine = new TorchCosine(1, 0, 2);
    assertEquals(1, cosine.rate());
    cosine.advance();
    assertEquals(0.5, cosine.rate(), 1e-15);
    cosine.advance();
    assertEquals(0, cosine.rate(), 1e-15);
    cosine.advance();
    assertEquals(0.5, cosine.rate(), 1e-15);
  }
}
