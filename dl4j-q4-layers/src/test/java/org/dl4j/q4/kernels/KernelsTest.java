package org.dl4j.q4.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dl4j.q4.kernels.nd4j.Nd4jKernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class KernelsTest {

  private static final KernelSet ND4J = new Nd4jKernels();

  private final String before = System.getProperty(Kernels.PROPERTY);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(Kernels.PROPERTY);
    } else {
      System.setProperty(Kernels.PROPERTY, before);
    }
  }

  @Test
  void nd4jIsAlwaysThere() {
    System.setProperty(Kernels.PROPERTY, " ND4J ");

    assertEquals("nd4j", Kernels.current().name());
    assertTrue(Kernels.available().contains("nd4j"));
  }

  @Test
  void withoutAWishTheHighestRankThatCanRunIsTaken() {
    KernelSet good = set("good", 10, null);
    KernelSet broken = set("broken", 20, "no such CPU");
    KernelSet onlyByName = set("shy", -1, null);
    Map<String, KernelSet> sets =
        Map.of("nd4j", ND4J, "good", good, "broken", broken, "shy", onlyByName);

    assertSame(good, Kernels.choose("auto", sets).set);
    assertSame(good, Kernels.choose("", sets).set);
    assertSame(onlyByName, Kernels.choose("shy", sets).set);
    assertSame(ND4J, Kernels.choose("nd4j", sets).set);
    assertEquals(List.of(), Kernels.choose("shy", sets).notes);
  }

  @Test
  void whatCannotRunIsReplacedAndTheReasonGiven() {
    Map<String, KernelSet> sets = Map.of("nd4j", ND4J, "broken", set("broken", 5, "no such CPU"));

    Kernels.Choice choice = Kernels.choose("broken", sets);

    assertSame(ND4J, choice.set);
    assertEquals(List.of("Kernels broken cannot be used: no such CPU"), choice.notes);
  }

  @Test
  void kernelsOfAModuleThatIsNotThereNameTheModule() {
    Kernels.Choice choice = Kernels.choose("bf16", Map.of("nd4j", ND4J));

    assertSame(ND4J, choice.set);
    assertTrue(choice.notes.get(0).contains("dl4j-q4-onednn"), choice.notes.get(0));
  }

  @Test
  void anUnknownNameIsAnErrorThatListsTheKnownOnes() {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> Kernels.choose("int3", Map.of("nd4j", ND4J)));

    assertEquals(
        "org.dl4j.q4.kernels must be auto or one of [nd4j]; got int3", thrown.getMessage());
  }

  @Test
  void aSetInUseStandsAboveTheChoiceUntilItsScopeIsClosed() {
    System.setProperty(Kernels.PROPERTY, "nd4j");
    KernelSet outer = set("outer", 0, null);
    KernelSet inner = set("inner", 0, null);

    try (Kernels.Scope outerScope = Kernels.use(outer)) {
      try (Kernels.Scope innerScope = Kernels.use(inner)) {
        assertSame(inner, Kernels.current());
      }
      assertSame(outer, Kernels.current());
    }

    assertEquals("nd4j", Kernels.current().name());
  }

  private static KernelSet set(String name, int rank, String reason) {
    return new KernelSet() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String describe() {
        return name;
      }

      @Override
      public Optional<String> unavailable() {
        return Optional.ofNullable(reason);
      }

      @Override
      public int rank() {
        return rank;
      }

      @Override
      public Optional<ConvolutionKernel> convolution(Window2d window, DataType type) {
        return Optional.empty();
      }

      @Override
      public Optional<DenseKernel> dense(DataType type) {
        return Optional.empty();
      }

      @Override
      public Optional<BatchNormKernel> batchNorm(BatchNormSpec spec, DataType type) {
        return Optional.empty();
      }

      @Override
      public Optional<PoolingKernel> pooling(PoolingSpec spec, DataType type) {
        return Optional.empty();
      }

      @Override
      public Optional<ReluKernel> relu(DataType type) {
        return Optional.empty();
      }

      @Override
      public Optional<VectorKernel> vector(DataType type) {
        return Optional.empty();
      }
    };
  }
}
