package org.dl4j.q4.benchmarks.parity;

import java.util.List;

/** What the runs are called, for both sides and the report. */
final class RunNames {

  /** Of initial parameters and minibatches. */
  static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L);

  private RunNames() {}

  static String torch(Setting setting, NumberType type, long seed) {
    return String.join("-", "torch", setting.name(), type.name(), Long.toString(seed));
  }

  /**
   * @param way how our side computes
   * @return our run of ten steps from the start
   */
  static String free(Setting setting, NumberType type, String way, long seed) {
    return String.join("-", "q4", setting.name(), type.name(), way, Long.toString(seed));
  }

  /**
   * @param way how our side computes
   * @return ours of ten single steps, each from the state that PyTorch's run had before it
   */
  static String single(Setting setting, String way, long seed) {
    return free(setting, NumberType.FLOAT, way, seed) + "-single";
  }
}
