package org.dl4j.q4.benchmarks.parity;

import java.util.Arrays;

/** One array of the network, by its layer and what it is to the layer. */
final class Parameter {

  /** What a parameter is, with the end of its name. */
  enum Kind {
    WEIGHT("W"),
    BIAS("b"),
    GAMMA("gamma"),
    BETA("beta"),
    RUNNING_MEAN("mean"),
    RUNNING_VARIANCE("var");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  private final String layer;
  private final Kind kind;
  private final boolean withoutGradient;
  private final long[] shape;

  Parameter(String layer, Kind kind, boolean withoutGradient, long... shape) {
    this.layer = layer;
    this.kind = kind;
    this.withoutGradient = withoutGradient;
    this.shape = shape.clone();
  }

  String layer() {
    return layer;
  }

  Kind kind() {
    return kind;
  }

  /** Name of a layer's parameter. */
  static String name(String layer, Kind kind) {
    return layer + "." + kind.suffix;
  }

  String name() {
    return name(layer, kind);
  }

  /**
   * @return dimensions in PyTorch's order
   */
  long[] shape() {
    return shape.clone();
  }

  int length() {
    return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
  }

  boolean isTrained() {
    return !isStatistic();
  }

  /** Running mean or variance. */
  boolean isStatistic() {
    return kind == Kind.RUNNING_MEAN || kind == Kind.RUNNING_VARIANCE;
  }

  /**
   * @return whether its gradient is 0 but for rounding: a bias before batch normalization, which
   *     takes the mean away
   */
  boolean isWithoutGradient() {
    return withoutGradient;
  }
}
