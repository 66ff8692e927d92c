package org.dl4j.q4.onednn.runtime;

import java.util.Optional;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.stream;

/**
 * oneDNN on this machine's CPU: its library, loaded once, its engine, and a stream for each thread.
 */
public final class Engine {

  private static final class Loaded {
    static final engine CPU;
    static final String PROBLEM;

    static {
      engine cpu = null;
      String problem = null;
      try {
        cpu = new engine(engine.kind.cpu, 0);
        cpu.retainReference(); // it outlives any PointerScope that a caller may have open
      } catch (LinkageError | RuntimeException e) {
        // Its native library is missing, or does not fit this system.
        problem = "oneDNN cannot be loaded (" + rootCause(e) + ")";
      }
      CPU = cpu;
      PROBLEM = problem;
    }

    private static String rootCause(Throwable e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String message = String.valueOf(cause.getMessage());
      return cause.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
    }
  }

  private static final ThreadLocal<stream> STREAM = ThreadLocal.withInitial(Engine::newStream);

  private Engine() {}

  private static stream newStream() {
    stream queue = new stream(cpu());
    queue.retainReference();
    return queue;
  }

  /** Why oneDNN cannot run here; empty if it can. */
  public static Optional<String> problem() {
    return Optional.ofNullable(Loaded.PROBLEM);
  }

  public static engine cpu() {
    return Loaded.CPU;
  }

  /** This thread's stream. Primitives run on it in order, and have run when the call returns. */
  public static stream stream() {
    return STREAM.get();
  }

  /** Whether the CPU multiplies bf16 numbers itself (AVX512-BF16 or AMX). */
  public static boolean hasBf16() {
    int isa = dnnl.dnnl_get_effective_cpu_isa();
    return (isa & dnnl.dnnl_cpu_isa_avx512_core_bf16) == dnnl.dnnl_cpu_isa_avx512_core_bf16;
  }

  /** Version and instruction set, as {@code oneDNN 2.5.2 (avx512_core_bf16)}. */
  public static String describe() {
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN "
        + version.major()
        + "."
        + version.minor()
        + "."
        + version.patch()
        + " ("
        + dnnl.get_effective_cpu_isa().toString()
        + ")";
  }
}
