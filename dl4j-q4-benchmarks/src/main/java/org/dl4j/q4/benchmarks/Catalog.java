package org.dl4j.q4.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The benchmarks there are. */
final class Catalog {

  /**
   * Makes glibc keep the memory it once got. By default it returns large blocks to the system when
   * they are freed, and the scratch buffers of oneDNN, which ND4J and PyTorch allocate anew for
   * every operation, are then faulted in page by page at each step. Other C libraries ignore it.
   */
  static final Map<String, String> KEEP_MEMORY =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "4294967296",
          "MALLOC_TRIM_THRESHOLD_", "4294967296");

  private static final ContenderSpec Q4_STEP =
      ContenderSpec.of("our 4-bit step", "q4", "VggStep", "Q4").withEnvironment(KEEP_MEMORY);
  private static final ContenderSpec FP32_STEP =
      ContenderSpec.of("our FP32 step", "q4", "VggStep", "FP32").withEnvironment(KEEP_MEMORY);
  private static final ContenderSpec STOCK_STEP =
      ContenderSpec.of("stock Deeplearning4j's step", "stock", "StockVggStep");
  private static final ContenderSpec PYTORCH_STEP =
      ContenderSpec.of("PyTorch's step", "pytorch", "PyTorchVggStep").withEnvironment(KEEP_MEMORY);

  /** All of them, in the order they run in. */
  static final List<Benchmark> ALL =
      List.of(
          new Benchmark(
              "step-vs-stock",
              "4-bit training step / FP32 step of Deeplearning4j as shipped",
              Q4_STEP,
              STOCK_STEP,
              new Rounds(2, 5)),
          new Benchmark(
              "step-vs-fp32",
              "4-bit training step / FP32 step of the same network",
              Q4_STEP,
              FP32_STEP,
              new Rounds(5, 30)),
          new Benchmark(
              "step-vs-pytorch",
              "4-bit training step / FP32 step of PyTorch",
              Q4_STEP,
              PYTORCH_STEP,
              new Rounds(5, 30)));

  private Catalog() {}

  /**
   * @param name name of a benchmark
   * @return the benchmark
   * @throws IllegalArgumentException if there is none of that name
   */
  static Benchmark named(String name) {
    return ALL.stream()
        .filter(benchmark -> benchmark.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no benchmark \""
                        + name
                        + "\"; there are "
                        + ALL.stream().map(Benchmark::name).collect(Collectors.joining(", "))));
  }
}
