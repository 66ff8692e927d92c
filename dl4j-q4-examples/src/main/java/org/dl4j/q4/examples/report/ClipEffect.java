package org.dl4j.q4.examples.report;

import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import org.dl4j.q4.train.SoftClip;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What one tanh soft clip, W ← α tanh(W/α), does to the weights of a layer. */
final class ClipEffect {

  private final String name;
  private final double largest;
  private final double rootMeanSquare;
  private final double largestAfter;
  private final double rootMeanSquareAfter;
  private final double codesChanged;

  private ClipEffect(String name, INDArray weights, double alpha) {
    this.name = name;
    // In DOUBLE: near zero the clip moves a weight by less than a FLOAT can tell.
    INDArray before = weights.castTo(DataType.DOUBLE);
    INDArray after = before.dup();
    SoftClip.apply(after, alpha);
    this.largest = before.amaxNumber().doubleValue();
    this.largestAfter = after.amaxNumber().doubleValue();
    this.rootMeanSquare = rootMeanSquare(before);
    this.rootMeanSquareAfter = rootMeanSquare(after);
    this.codesChanged =
        codes(before).neq(codes(after)).castTo(DataType.DOUBLE).meanNumber().doubleValue();
  }

  /**
   * @param layer of a network
   * @param alpha α
   * @return the effect, or nothing if the layer has no weights
   */
  static Optional<ClipEffect> of(Layer layer, double alpha) {
    INDArray weights = layer.paramTable().get(DefaultParamInitializer.WEIGHT_KEY);
    return weights == null
        ? Optional.empty()
        : Optional.of(new ClipEffect(LayerLevels.name(layer), weights, alpha));
  }

  private static double rootMeanSquare(INDArray values) {
    return values.norm2Number().doubleValue() / Math.sqrt((double) values.length());
  }

  /** At 4 bits, with the scale that follows the largest weight, whatever the layer's own width. */
  private static INDArray codes(INDArray weights) {
    Quantizer quantizer = new Quantizer(4, Granularity.PER_TENSOR, 0);
    return quantizer.codes(weights, quantizer.scale(weights, () -> "weights"));
  }

  String name() {
    return name;
  }

  /**
   * @return the largest absolute weight
   */
  double largest() {
    return largest;
  }

  double rootMeanSquare() {
    return rootMeanSquare;
  }

  /**
   * @return the part of it that the largest weight loses
   */
  double shrinkageOfLargest() {
    return 1 - largestAfter / largest;
  }

  /**
   * @return the part that the weights' norm loses
   */
  double shrinkage() {
    return 1 - rootMeanSquareAfter / rootMeanSquare;
  }

  /**
   * @return the part of the weights whose 4-bit code, with the scale of before and of after, is not
   *     the same
   */
  double codesChanged() {
    return codesChanged;
  }
}
