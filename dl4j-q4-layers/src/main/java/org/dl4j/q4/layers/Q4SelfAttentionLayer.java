package org.dl4j.q4.layers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Self-attention with 4-bit projections: {@link SelfAttentionLayer} whose every pass, in training
 * and in inference, uses the quantized values of its weights (see {@link
 * org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in, time]; output: as the parent's
 *   <li>{@code Wq}: [heads, head size, in], float, the weights that are updated
 *   <li>{@code Wk}: [heads, head size, in], float, the weights that are updated
 *   <li>{@code Wv}: [heads, head size, in], float, the weights that are updated
 *   <li>{@code Wo}: [heads · head size, out], float, the weights that are updated
 *   <li>biases: float, never quantized
 * </ul>
 *
 * <p>Per channel, the queries, keys and values of a head share a scale each. Without projections
 * there are no weights.
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip. The
 * parent is a SameDiff graph, which has no place to keep a fixed scale.
 */
public final class Q4SelfAttentionLayer extends SelfAttentionLayer implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4SelfAttentionLayer() {
    super(new SelfAttentionLayer.Builder().nHeads(1));
  }

  private Q4SelfAttentionLayer(Builder builder) {
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
    List<QuantizedParameter> parameters = new ArrayList<>();
    if (isProjectInput()) {
      parameters.add(new QuantizedParameter("Wq", 0, getNHeads()));
      parameters.add(new QuantizedParameter("Wk", 0, getNHeads()));
      parameters.add(new QuantizedParameter("Wv", 0, getNHeads()));
      parameters.add(new QuantizedParameter("Wo", 1, getNOut()));
    }
    return parameters;
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
  public Q4SelfAttentionLayer clone() {
    return (Q4SelfAttentionLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4SelfAttentionLayer
        && super.equals(other)
        && quantization.equals(((Q4SelfAttentionLayer) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4SelfAttentionLayer;
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
   * Everything {@link SelfAttentionLayer.Builder} accepts, and {@link QuantizationBuilder}, whose
   * methods come first in a chain: the parent's return the parent's type.
   */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends SelfAttentionLayer.Builder
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
    public Q4SelfAttentionLayer build() {
      super.build(); // for its checks
      return new Q4SelfAttentionLayer(this);
    }
  }
}
