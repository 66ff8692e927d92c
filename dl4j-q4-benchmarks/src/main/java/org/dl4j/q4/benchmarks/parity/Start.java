package org.dl4j.q4.benchmarks.parity;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a run starts from. Every number is a float, so that it is the same in both types. */
final class Start {

  private static final double SMALL = 0.1;

  private Start() {}

  /**
   * Weights from N(0, 2/fan-in), as ours and the paper's; everything else is spread too, lest an
   * error should be hidden by zeros and ones.
   *
   * @param seed of the drawing
   * @return parameters by name
   */
  static Map<String, double[]> of(long seed) {
    Random random = new Random(seed);
    Map<String, double[]> values = new TreeMap<>();
    for (Parameter parameter : Parameters.ALL) {
      double[] array = new double[parameter.length()];
      for (int i = 0; i < array.length; i++) {
        array[i] = (float) draw(parameter, random.nextGaussian());
      }
      values.put(parameter.name(), array);
    }
    return values;
  }

  private static double draw(Parameter parameter, double gaussian) {
    switch (parameter.kind()) {
      case WEIGHT:
        return gaussian * Math.sqrt(2.0 * parameter.shape()[0] / parameter.length());
      case BIAS:
        return gaussian / 2;
      case GAMMA:
        return 1 + SMALL * gaussian;
      case RUNNING_VARIANCE:
        return 1 + SMALL * Math.abs(gaussian);
      default:
        return SMALL * gaussian;
    }
  }
}
