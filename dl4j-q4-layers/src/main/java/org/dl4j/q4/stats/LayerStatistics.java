package org.dl4j.q4.stats;

import java.util.Objects;

/**
 * The figures of one quantized parameter of a layer in one report. A figure that is not known is
 * NaN. Immutable.
 */
public final class LayerStatistics {

  private final String layer;
  private final String parameter;
  private final long weights;
  private final long nonFinite;
  private final CodeHistogram histogram;
  private final CodeChanges changes;
  private final GridFit fit;
  private final GradientNorm gradient;

  LayerStatistics(
      String layer,
      String parameter,
      long weights,
      long nonFinite,
      CodeHistogram histogram,
      CodeChanges changes,
      GridFit fit,
      GradientNorm gradient) {
    this.layer = Objects.requireNonNull(layer, "layer");
    this.parameter = Objects.requireNonNull(parameter, "parameter");
    this.weights = weights;
    this.nonFinite = nonFinite;
    this.histogram = histogram;
    this.changes = changes;
    this.fit = fit;
    this.gradient = gradient;
  }

  static LayerStatistics of(
      String layer,
      String parameter,
      FlatTensor tensor,
      CodeHistory history,
      GradientNorm gradient) {
    return new LayerStatistics(
        layer,
        parameter,
        tensor.codes.length,
        0,
        CodeHistogram.of(tensor.codes, tensor.maxCode),
        history.next(tensor),
        GridFit.of(tensor),
        gradient);
  }

  /** Of weights without codes, since some in their layer are NaN or infinite. */
  static LayerStatistics withoutCodes(
      String layer, String parameter, double[] weights, GradientNorm gradient) {
    long nonFinite = 0;
    for (double weight : weights) {
      nonFinite += Double.isFinite(weight) ? 0 : 1;
    }
    return new LayerStatistics(
        layer,
        parameter,
        weights.length,
        nonFinite,
        CodeHistogram.NONE,
        CodeChanges.UNKNOWN,
        GridFit.UNKNOWN,
        gradient);
  }

  /**
   * @return the layer's name, unique in its network
   */
  public String layer() {
    return layer;
  }

  /**
   * @return the parameter's name in its layer, such as {@code W}
   */
  public String parameter() {
    return parameter;
  }

  /**
   * @return how many weights it has
   */
  public long weights() {
    return weights;
  }

  /**
   * @return how many of them are NaN or infinite: if any is, the layer's weights have no codes
   */
  public long nonFinite() {
    return nonFinite;
  }

  /**
   * @return how often each code occurs
   */
  public CodeHistogram histogram() {
    return histogram;
  }

  /**
   * @return what has changed since the last report
   */
  public CodeChanges changes() {
    return changes;
  }

  /**
   * @return scale and quantization error
   */
  public GridFit fit() {
    return fit;
  }

  /**
   * @return of the parameter's gradient in the step that made these weights
   */
  public GradientNorm gradient() {
    return gradient;
  }
}
