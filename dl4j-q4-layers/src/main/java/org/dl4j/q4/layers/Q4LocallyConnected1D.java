package org.dl4j.q4.layers;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A locally connected 1D layer with 4-bit weights: {@link LocallyConnected1D} whose every pass, in
 * training and in inference, uses the quantized values of its weights (see {@link
 * org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in, length]; output: as the parent's
 *   <li>{@code W}: [out length, kernel · in, out], float, the weights that are updated
 *   <li>biases: float, never quantized
 * </ul>
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip. The
 * parent is a SameDiff graph, which has no place to keep a fixed scale.
 */
public final class Q4LocallyConnected1D extends LocallyConnected1D implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4LocallyConnected1D() {
    super(new LocallyConnected1D.Builder());
  }

  private Q4LocallyConnected1D(Builder builder) {
    super(builder);
    this.quantization = builder.quantization;
  }

  @Override
  public WeightQuantization getQuantization() {
    return quantization;
  }

  /**
   * @param quantization how the weights are quantized and clipped
   * @throws IllegalArgumentException if the scale is fixed
   */
  @Override
  public void setQuantization(WeightQuantization quantization) {
    this.quantization = QuantizedGraph.requireDynamic(quantization);
  }

  @Override
  public List<QuantizedParameter> quantizedParameters() {
    return List.of(new QuantizedParameter("W", 2, getNOut()));
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sameDiff,
      SDVariable layerInput,
      Map<String, SDVariable> paramTable,
      SDVariable mask) {
    return super.defineLayer(
        sameDiff, layerInput, QuantizedGraph.quantize(this, sameDiff, paramTable), mask);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    return RuntimeSetup.initialize(
        new SameDiffRuntime(conf, networkDataType),
        conf,
        trainingListeners,
        layerIndex,
        layerParamsView,
        initializeParams);
  }

  @Override
  public Q4LocallyConnected1D clone() {
    return (Q4LocallyConnected1D) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4LocallyConnected1D
        && super.equals(other)
        && quantization.equals(((Q4LocallyConnected1D) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4LocallyConnected1D;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + quantization.hashCode();
  }

  @Override
  public String toString() {
    return "Q4" + super.toString() + "(quantization=" + quantization + ")";
  }

  /**
   * Everything {@link LocallyConnected1D.Builder} accepts, and {@link QuantizationBuilder}, whose
   * methods come first in a chain: the parent's return the parent's type.
   */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends LocallyConnected1D.Builder
      implements QuantizationBuilder<Builder> {

    private WeightQuantization quantization = WeightQuantization.PAPER;

    /** The parent's defaults. */
    public Builder() {}

    @Override
    public WeightQuantization getQuantization() {
      return quantization;
    }

    @Override
    public Builder quantization(WeightQuantization quantization) {
      this.quantization = QuantizedGraph.requireDynamic(quantization);
      return this;
    }

    @Override
    public Q4LocallyConnected1D build() {
      super.build(); // for its checks
      return new Q4LocallyConnected1D(this);
    }
  }
}
