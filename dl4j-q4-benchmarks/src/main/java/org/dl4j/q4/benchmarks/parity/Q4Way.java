package org.dl4j.q4.benchmarks.parity;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.kernels.Kernels;

/** How our side computes: kernels, layout, and what is wrong with it. */
final class Q4Way {

  private final String kernels;
  private final CNN2DFormat format;
  private final Defect defect;

  Q4Way(String kernels, CNN2DFormat format, Defect defect) {
    this.kernels = kernels;
    this.format = format;
    this.defect = defect;
  }

  CNN2DFormat format() {
    return format;
  }

  Defect defect() {
    return defect;
  }

  /** Networks made from now on get these kernels. */
  void use() {
    if (!Kernels.available().contains(kernels)) {
      throw new IllegalStateException(
          "Kernels " + kernels + " cannot run here; " + Kernels.available() + " can");
    }
    System.setProperty(Kernels.PROPERTY, kernels);
  }

  String name() {
    return WayNames.of(kernels, format.name(), defect);
  }
}
