package org.dl4j.q4.benchmarks.contenders;

import org.dl4j.q4.kernels.NativeBuild;

/** On what our layers compute in this process, by the system property that chooses it. */
final class Kernels {

  private static final String PROPERTY = "org.dl4j.q4.kernels";

  private Kernels() {}

  /**
   * @return what was asked for, and the libraries there are for it
   */
  static String describe() {
    return String.format(
        "Kernels asked for: %s; %s. %s",
        System.getProperty(PROPERTY, "not chosen"),
        Jars.named("dl4j-q4-layers|dl4j-q4-onednn|deeplearning4j-nn|dnnl-\\d.*-"),
        NativeBuild.describe());
  }
}
