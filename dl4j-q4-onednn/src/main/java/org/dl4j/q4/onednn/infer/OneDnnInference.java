package org.dl4j.q4.onednn.infer;

import java.util.Optional;
import org.dl4j.q4.infer.CompiledPlan;
import org.dl4j.q4.infer.InferenceBackend;
import org.dl4j.q4.infer.InferencePlan;
import org.dl4j.q4.infer.ValueTypes;
import org.dl4j.q4.infer.WeightStorage;
import org.dl4j.q4.onednn.runtime.Engine;
import org.nd4j.linalg.factory.Nd4j;

/** Runs plans on oneDNN, in FP32 and in integers. */
public final class OneDnnInference implements InferenceBackend {

  /** Called by {@link java.util.ServiceLoader}. */
  public OneDnnInference() {}

  @Override
  public String describe() {
    return Engine.describe();
  }

  @Override
  public Optional<String> unavailable() {
    if (!Nd4j.getBackend().getEnvironment().isCPU()) { // loads ND4J's libraries first
      return Optional.of("ND4J's arrays are on a device, not in main memory");
    }
    return Engine.problem();
  }

  @Override
  public CompiledPlan compile(InferencePlan plan, ValueTypes types, WeightStorage storage) {
    return new CompiledNetwork(plan, types, storage);
  }
}
