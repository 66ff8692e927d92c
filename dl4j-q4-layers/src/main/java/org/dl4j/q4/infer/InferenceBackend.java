package org.dl4j.q4.infer;

import java.util.Optional;

/**
 * Runs plans on some kernels. Found by {@link java.util.ServiceLoader}; {@code dl4j-q4-onednn}
 * brings one.
 */
public interface InferenceBackend {

  /**
   * @return kernels, versions and instruction set, for messages
   */
  String describe();

  /**
   * @return why it cannot run here; empty if it can
   */
  Optional<String> unavailable();

  /**
   * @param plan of a network
   * @param types of its values
   * @param storage how weights are kept
   * @return the plan, ready to run
   */
  CompiledPlan compile(InferencePlan plan, ValueTypes types, WeightStorage storage);
}
