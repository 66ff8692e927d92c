package org.dl4j.q4.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The benchmarks there are. */
final class Catalog {

  private static final ContenderSpec F32_STEP = Contenders.ourStep("f32", "Q4");
  private static final ContenderSpec BF16_STEP = Contenders.ourStep("bf16", "Q4");
  private static final Rounds STEPS = new Rounds(5, 30);

  /** The peak is reached early; the rounds that count show that it stays. */
  private static final Rounds MEMORY = new Rounds(20, 5);

  private static final List<Benchmark> STEP_BENCHMARKS =
      List.of(
          new Benchmark(
              "step-f32-vs-pytorch",
              "4-bit training step, f32 kernels / FP32 step of PyTorch",
              F32_STEP,
              Contenders.PYTORCH_STEP,
              STEPS),
          new Benchmark(
              "step-bf16-vs-pytorch",
              "4-bit training step, bf16 kernels / FP32 step of PyTorch",
              BF16_STEP,
              Contenders.PYTORCH_STEP,
              STEPS),
          new Benchmark(
              "step-bf16-vs-pytorch-bf16",
              "4-bit training step, bf16 kernels / step of PyTorch's bf16 autocast",
              BF16_STEP,
              Contenders.PYTORCH_BF16_STEP,
              STEPS),
          new Benchmark(
              "step-vs-stock",
              "4-bit training step, f32 kernels / FP32 step of Deeplearning4j as shipped",
              F32_STEP,
              Contenders.STOCK_STEP,
              new Rounds(2, 5)),
          new Benchmark(
              "step-vs-fp32",
              "4-bit training step / FP32 step of the same network, both f32 kernels",
              F32_STEP,
              Contenders.ourStep("f32", "FP32"),
              STEPS),
          new Benchmark(
              "stats-cost",
              "4-bit training step with a report of statistics in it / without, both f32 kernels",
              Contenders.reportedStep(),
              F32_STEP,
              STEPS),
          new Benchmark(
              "step-f32-vs-kernels",
              "4-bit training step, f32 kernels / its convolutions alone",
              F32_STEP,
              Contenders.convolutions("f32"),
              STEPS),
          new Benchmark(
              "step-bf16-vs-kernels",
              "4-bit training step, bf16 kernels / its convolutions alone",
              BF16_STEP,
              Contenders.convolutions("bf16"),
              STEPS));

  private static final Benchmark MEMORY_BENCHMARK =
      new Benchmark(
              "memory-vs-pytorch",
              "peak memory of 4-bit training, f32 kernels / of PyTorch's in FP32",
              F32_STEP.withEnvironment(Map.of()),
              Contenders.PYTORCH_STEP.withEnvironment(Map.of()),
              MEMORY)
          .of(Measure.PEAK_MEMORY);

  /** All of them, in the order they run in. */
  static final List<Benchmark> ALL = all();

  private Catalog() {}

  private static List<Benchmark> all() {
    List<Benchmark> all = new ArrayList<>(STEP_BENCHMARKS);
    for (int batch : new int[] {1, 32, 128}) {
      all.addAll(InferenceCatalog.of(batch));
    }
    all.add(MEMORY_BENCHMARK);
    all.addAll(InferenceCatalog.BYTES);
    return List.copyOf(all);
  }

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
