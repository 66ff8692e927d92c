package org.dl4j.q4.benchmarks.parity;

/** What our side can be told to do wrong, to see whether the comparison notices. */
enum Defect {
  NONE("none"),
  DL4J_ADAM("Deeplearning4j's Adam: ε beside √v, not √v̂"),
  NO_BIAS_DECAY("no decay of biases and β"),
  NO_GRADIENT_CLIPPING("gradients not clipped"),
  STATISTICS_IN_NORM("running statistics counted in the gradient's norm"),
  CONSTANT_RATE("learning rate not annealed"),
  NO_SOFT_CLIP("no soft clip"),
  SOFT_CLIP_TWICE("soft clip twice a step"),
  SCALE_PER_CHANNEL("a scale for each channel"),
  BATCH_NORM_EPSILON("batch norm's ε 1.1 times as large");

  private final String description;

  Defect(String description) {
    this.description = description;
  }

  @Override
  public String toString() {
    return description;
  }
}
