package org.dl4j.q4.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogTest {

  @Test
  void namesAreUnique() {
    assertEquals(
        Catalog.ALL.size(),
        Catalog.ALL.stream().map(Benchmark::name).collect(Collectors.toSet()).size());
  }

  @Test
  void everyContenderHasAMainClass() {
    for (Benchmark benchmark : Catalog.ALL) {
      for (ContenderSpec spec : new ContenderSpec[] {benchmark.ours(), benchmark.theirs()}) {
        assertDoesNotThrow(
            () -> Class.forName(spec.mainClass()).getMethod("main", String[].class), spec.name());
      }
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Catalog.named("speed")).getMessage();
    assertTrue(
        message.startsWith("There is no benchmark \"speed\"; there are step-f32-vs-pytorch, "),
        message);
  }

  @Test
  void memoryIsComparedWhereTheNameSaysSoAndTimeElsewhere() {
    for (Benchmark benchmark : Catalog.ALL) {
      boolean memory = benchmark.name().startsWith("memory-");
      assertEquals(memory ? Measure.PEAK_MEMORY : Measure.STEP, benchmark.measure());
    }
  }
}
