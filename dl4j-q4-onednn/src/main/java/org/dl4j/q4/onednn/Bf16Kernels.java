package org.dl4j.q4.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.dl4j.q4.onednn.runtime.Engine;

/**
 * Convolutions and linear layers multiply in bf16 and add in FP32; all else is FP32. The codes of
 * quantized weights are integers of at most 8 bits and exact in bf16, so nothing is lost on their
 * side; inputs and gradients are rounded to bf16 (8 significant bits) before each product. Full-
 * precision weights are rounded too. Parameters, gradients and activations stay FLOAT. Convolutions
 * of 256 channels and more that Winograd's algorithm suits are computed in FP32, which there is the
 * faster.
 */
public final class Bf16Kernels extends OneDnnKernels {

  /** Called by {@link java.util.ServiceLoader}. */
  public Bf16Kernels() {}

  @Override
  public String name() {
    return "bf16";
  }

  @Override
  public String describe() {
    return Engine.describe() + ", products in bf16";
  }

  @Override
  public Optional<String> unavailable() {
    Optional<String> problem = super.unavailable();
    if (problem.isPresent() || Engine.hasBf16()) {
      return problem;
    }
    return Optional.of("this CPU has neither AVX512-BF16 nor AMX");
  }

  /** Only by name: it rounds. */
  @Override
  public int rank() {
    return -1;
  }

  @Override
  memory.data_type productType() {
    return memory.data_type.bf16;
  }
}
