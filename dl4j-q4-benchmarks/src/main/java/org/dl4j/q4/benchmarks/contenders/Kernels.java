package org.dl4j.q4.benchmarks.contenders;

import org.dl4j.q4.kernels.KernelSet;
import org.dl4j.q4.kernels.NativeBuild;

/** On what our layers compute in this process. */
final class Kernels {

  private Kernels() {}

  /**
   * @return the kernels in use, and the libraries there are
   */
  static String describe() {
    KernelSet kernels = org.dl4j.q4.kernels.Kernels.current();
    return String.format(
        "Kernels %s: %s; %s. %s",
        kernels.name(),
        kernels.describe(),
        Jars.named("dl4j-q4-layers|dl4j-q4-onednn|deeplearning4j-nn|dnnl-\\d.*-"),
        NativeBuild.describe());
  }
}
