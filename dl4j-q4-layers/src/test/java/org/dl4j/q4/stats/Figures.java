package org.dl4j.q4.stats;

import java.util.List;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tensors and figures for tests. */
final class Figures {

  private Figures() {}

  /** 4 bits, one scale. With a largest weight of 7 the scale is 1, up to the quantizer's ε. */
  static FlatTensor tensor(double... weights) {
    return tensor(Nd4j.createFromArray(weights), Granularity.PER_TENSOR, 0);
  }

  static FlatTensor tensor(INDArray weights, Granularity granularity, int channelDimension) {
    Quantizer quantizer = new Quantizer(4, granularity, channelDimension);
    return FlatTensor.of(weights, quantizer.integers(weights, quantizer.scale(weights, () -> "W")));
  }

  /** In a first report. */
  static LayerStatistics first(FlatTensor tensor) {
    return LayerStatistics.of("conv", "W", tensor, new CodeHistory(), GradientNorm.UNKNOWN);
  }

  static LayerStatistics with(CodeChanges changes) {
    return new LayerStatistics(
        "conv", "W", 1000, 0, CodeHistogram.NONE, changes, GridFit.UNKNOWN, GradientNorm.UNKNOWN);
  }

  static QuantizationReport report(int iteration, LayerStatistics... layers) {
    return new QuantizationReport(
        0, 1000 + iteration, iteration, 3, new GradientNorm(2, 0.5), List.of(layers));
  }
}
