package org.dl4j.q4.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The ways to run PyTorch that were tried, to show that those it is measured by in {@link Catalog}
 * are the fastest: two builds, DJL's and the presets', two layouts, FP32 and bf16, and settings of
 * the allocator.
 */
final class PyTorchVariants {

  private static final List<String> LAYOUTS = List.of("CHANNELS_FIRST", "CHANNELS_LAST");
  private static final List<Integer> BATCHES = List.of(1, 32, 128);

  /** PyTorch's own switch for huge pages, and glibc's. */
  private static final Map<String, String> HUGE_PAGES =
      Map.of(
          "THP_MEM_ALLOC_ENABLE", "1", //
          "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

  private final Sweep sweep;
  private final PrintStream results;

  /**
   * @param sweep what runs them
   * @param results where the tables go
   */
  PyTorchVariants(Sweep sweep, PrintStream results) {
    this.sweep = sweep;
    this.results = results;
  }

  /**
   * Measures all and writes the tables.
   *
   * @throws IOException if a process cannot be started
   * @throws ContenderFailedException if a contender fails
   */
  void run() throws IOException {
    results.println();
    sweep.header("training step", List.of("as it comes", "memory kept", "kept, huge pages"));
    for (String precision : List.of("F32", "BF16")) {
      for (String layout : LAYOUTS) {
        step(Contenders.djlStep(layout, precision), layout, precision);
        step(Contenders.torchStep(layout, precision), layout, precision);
      }
    }
    results.println();
    sweep.header(
        "inference, memory kept",
        BATCHES.stream().map(batch -> batch + " images").collect(Collectors.toList()));
    for (String layout : LAYOUTS) {
      inference("DJL", layout, batch -> Contenders.djlInference(layout, batch));
      inference("C++", layout, batch -> Contenders.torchInference(layout, batch));
    }
  }

  private void step(ContenderSpec spec, String layout, String precision) throws IOException {
    ContenderSpec huge = spec;
    for (Map.Entry<String, String> variable : HUGE_PAGES.entrySet()) {
      huge = huge.withVariable(variable.getKey(), variable.getValue());
    }
    sweep.row(
        spec.name() + ", " + layout + ", " + precision,
        List.of(spec.withEnvironment(Map.of()), spec, huge));
  }

  private void inference(String through, String layout, IntFunction<ContenderSpec> of)
      throws IOException {
    sweep.row(
        through + ", " + layout, BATCHES.stream().map(of::apply).collect(Collectors.toList()));
  }
}
