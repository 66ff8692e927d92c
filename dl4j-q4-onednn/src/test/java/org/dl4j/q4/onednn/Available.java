package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.dl4j.q4.onednn.runtime.Engine;

/** What this machine has; tests that need more are skipped, and say why. */
final class Available {

  private Available() {}

  static void assumeOneDnn() {
    assumeTrue(Engine.problem().isEmpty(), () -> Engine.problem().orElseThrow());
  }

  static void assumeBf16() {
    assumeOneDnn();
    assumeTrue(Engine.hasBf16(), "this CPU has neither AVX512-BF16 nor AMX");
  }
}
