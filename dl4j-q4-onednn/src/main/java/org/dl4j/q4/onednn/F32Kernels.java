package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.dl4j.q4.onednn.runtime.Engine;

/** Everything in FP32. */
public final class F32Kernels extends OneDnnKernels {

  /** Called by {@link java.util.ServiceLoader}. */
  public F32Kernels() {}

  @Override
  public String name() {
    return "f32";
  }

  @Override
  public String describe() {
    return Engine.describe() + ", FP32";
  }

  /** Taken before ND4J's ops. */
  @Override
  public int rank() {
    return 10;
  }

  @Override
  memory.data_type productType() {
    return memory.data_type.f32;
  }
}
