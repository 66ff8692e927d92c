package org.dl4j.q4.stats;

import java.util.ArrayList;
import java.util.List;

/** The figures of all quantized parameters of a network at one moment. Immutable. */
public final class QuantizationReport {

  private final int network;
  private final long timestamp;
  private final int iteration;
  private final int epoch;
  private final GradientNorm gradient;
  private final List<LayerStatistics> layers;
  private final List<StatsWarning> warnings;

  QuantizationReport(
      int network,
      long timestamp,
      int iteration,
      int epoch,
      GradientNorm gradient,
      List<LayerStatistics> layers) {
    this.network = network;
    this.timestamp = timestamp;
    this.iteration = iteration;
    this.epoch = epoch;
    this.gradient = gradient;
    this.layers = List.copyOf(layers);
    List<StatsWarning> found = new ArrayList<>();
    this.layers.forEach(layer -> found.addAll(Warnings.of(layer)));
    this.warnings = List.copyOf(found);
  }

  /**
   * @return which of the networks that the listener has seen: 0 the first, and the only one but
   *     where {@code ParallelWrapper} trains copies
   */
  public int network() {
    return network;
  }

  /**
   * @return milliseconds since 1970
   */
  public long timestamp() {
    return timestamp;
  }

  /**
   * @return how many updates the weights have had, soft clip included
   */
  public int iteration() {
    return iteration;
  }

  /**
   * @return the network's count of finished epochs; at an epoch's end, without that one
   */
  public int epoch() {
    return epoch;
  }

  /**
   * @return of the whole network's gradient in the last of these updates
   */
  public GradientNorm gradient() {
    return gradient;
  }

  /**
   * @return one for each quantized parameter, in the order of the network's layers
   */
  public List<LayerStatistics> layers() {
    return layers;
  }

  /**
   * @return what the figures call for; follows from them
   */
  public List<StatsWarning> warnings() {
    return warnings;
  }
}
