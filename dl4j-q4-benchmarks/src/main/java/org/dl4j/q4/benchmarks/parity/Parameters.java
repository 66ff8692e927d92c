package org.dl4j.q4.benchmarks.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dl4j.q4.benchmarks.parity.Parameter.Kind;

/**
 * The network's parameters. It is small and has one of everything:
 *
 * <pre>
 *   images 3×16×16
 *   conv1   3→16, 3×3, padding 1            bn1, ReLU in it     max pooling 2×2
 *   conv2   16→16, 3×3, padding 1           bn2, ReLU behind it
 *   conv3   16→24, 3×3, padding 1, stride 2 ReLU, no batch norm
 *   conv4   24→24, 3×2, padding 0 and 1, no bias    bn4, ReLU in it
 *   dense   240→32                          bn5, ReLU in it
 *   out     32→5                            softmax, cross entropy
 * </pre>
 */
final class Parameters {

  static final int SIZE = 16;
  static final int CHANNELS = 3;
  static final int CLASSES = 5;
  static final int BATCH = 16;

  /** Height and width of what conv4 gives. */
  static final long[] FEATURE_MAP = {2, 5};

  static final List<Parameter> ALL = all();

  private Parameters() {}

  private static List<Parameter> all() {
    List<Parameter> all = new ArrayList<>();
    all.add(new Parameter("conv1", Kind.WEIGHT, false, 16, CHANNELS, 3, 3));
    all.add(new Parameter("conv1", Kind.BIAS, true, 16));
    addBatchNorm(all, "bn1", 16);
    all.add(new Parameter("conv2", Kind.WEIGHT, false, 16, 16, 3, 3));
    all.add(new Parameter("conv2", Kind.BIAS, true, 16));
    addBatchNorm(all, "bn2", 16);
    all.add(new Parameter("conv3", Kind.WEIGHT, false, 24, 16, 3, 3));
    all.add(new Parameter("conv3", Kind.BIAS, false, 24));
    all.add(new Parameter("conv4", Kind.WEIGHT, false, 24, 24, 3, 2));
    addBatchNorm(all, "bn4", 24);
    all.add(new Parameter("dense", Kind.WEIGHT, false, 32, 24 * FEATURE_MAP[0] * FEATURE_MAP[1]));
    all.add(new Parameter("dense", Kind.BIAS, true, 32));
    addBatchNorm(all, "bn5", 32);
    all.add(new Parameter("out", Kind.WEIGHT, false, CLASSES, 32));
    all.add(new Parameter("out", Kind.BIAS, false, CLASSES));
    return List.copyOf(all);
  }

  private static void addBatchNorm(List<Parameter> all, String layer, long channels) {
    all.add(new Parameter(layer, Kind.GAMMA, false, channels));
    all.add(new Parameter(layer, Kind.BETA, false, channels));
    all.add(new Parameter(layer, Kind.RUNNING_MEAN, false, channels));
    all.add(new Parameter(layer, Kind.RUNNING_VARIANCE, false, channels));
  }

  static List<Parameter> trained() {
    return ALL.stream().filter(Parameter::isTrained).collect(Collectors.toList());
  }

  /** What is quantized. */
  static List<Parameter> weights() {
    return ALL.stream().filter(it -> it.kind() == Kind.WEIGHT).collect(Collectors.toList());
  }

  /**
   * @param batchNorm name of a layer
   * @return over how many numbers it takes the mean for each channel
   */
  static int elementsPerChannel(String batchNorm) {
    switch (batchNorm) {
      case "bn1":
        return BATCH * SIZE * SIZE;
      case "bn2":
        return BATCH * SIZE / 2 * SIZE / 2;
      case "bn4":
        return BATCH * Math.toIntExact(FEATURE_MAP[0] * FEATURE_MAP[1]);
      case "bn5":
        return BATCH;
      default:
        throw new IllegalArgumentException("No batch normalization is called " + batchNorm);
    }
  }
}
