package org.dl4j.q4.benchmarks.parity;

import java.util.List;

/** How our side can compute, for those who know nothing of Deeplearning4j. */
final class WayNames {

  /** Kernels that the comparison asks for. */
  static final List<String> KERNELS = List.of("nd4j", "f32");

  /** Kernels that compute in less than FLOAT. */
  static final String BF16 = "bf16";

  static final List<String> FORMATS = List.of("NCHW", "NHWC");

  private WayNames() {}

  static String of(String kernels, String format, Defect defect) {
    String name = kernels + "-" + format;
    return defect == Defect.NONE ? name : name + "-" + defect.name();
  }
}
