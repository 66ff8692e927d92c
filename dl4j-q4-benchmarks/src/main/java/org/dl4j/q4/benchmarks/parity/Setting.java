package org.dl4j.q4.benchmarks.parity;

/** Numbers of the optimizer and of the soft clip. */
enum Setting {
  /** The paper's, but for a cosine short enough to be seen in ten steps. */
  PAPER(1e-3, 1e-4, 5e-4, 0.5, 3),

  /**
   * Decay and soft clip so strong that they move the weights as much as the gradients do; and some
   * gradients are clipped, others not.
   */
  STRONG(2e-3, 2e-4, 0.5, 5, 0.3);

  /** Steps from the first learning rate to the smallest one; then it rises again. */
  static final int T_MAX = 6;

  /** Added to the variance in batch normalization. */
  static final double BATCH_NORM_EPSILON = 1e-5;

  /** Share of the batch's statistics in the running ones, PyTorch's momentum. */
  static final double MOMENTUM = 0.1;

  final double learningRate;
  final double minimumRate;
  final double weightDecay;
  final double maxNorm;
  final double softClip;

  Setting(
      double learningRate,
      double minimumRate,
      double weightDecay,
      double maxNorm,
      double softClip) {
    this.learningRate = learningRate;
    this.minimumRate = minimumRate;
    this.weightDecay = weightDecay;
    this.maxNorm = maxNorm;
    this.softClip = softClip;
  }
}
