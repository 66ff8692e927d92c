package org.dl4j.q4.layers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Self-attention with learned queries, these and the projections with 4-bit weights: {@link
 * LearnedSelfAttentionLayer} whose every pass, in training and in inference, uses the quantized
 * values of its weights (see {@link org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in, time]; output: as the parent's
 *   <li>{@code Q}: [1, in, queries], the learned queries, float, the weights that are updated
 *   <li>{@code Wq}: [heads, head size, in], float, the weights that are updated
 *   <li>{@code Wk}: [heads, head size, in], float, the weights that are updated
 *   <li>{@code Wv}: [heads, head size, in], float, the weights that are updated
 *   <li>{@code Wo}: [heads · head size, out], float, the weights that are updated
 *   <li>biases: float, never quantized
 * </ul>
 *
 * <p>Per channel, the queries, keys and values of a head share a scale each.
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip. The
 * parent is a SameDiff graph, which has no place to keep a fixed scale.
 */
public final class Q4LearnedSelfAttentionLayer extends LearnedSelfAttentionLayer
    implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4LearnedSelfAttentionLayer() {
    super(new LearnedSelfAttentionLayer.Builder().nHeads(1));
  }

  private Q4LearnedSelfAttentionLayer(Builder builder) {
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
    parameters.add(new QuantizedParameter("Q", 2, getNQueries()));
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
  public Q4LearnedSelfAttentionLayer clone() {
    return (Q4LearnedSelfAttentionLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4LearnedSelfAttentionLayer
        && super.equals(other)
        && quantization.equals(((Q4LearnedSelfAttentionLayer) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4LearnedSelfAttentionLayer;
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
   * Everything {@link LearnedSelfAttentionLayer.Builder} accepts, and {@link QuantizationBuilder},
   * whose methods come first in a chain: the parent's return the parent's type.
   */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends LearnedSelfAttentionLayer.Builder
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
    public Q4LearnedSelfAttentionLayer build() {
      super.build(); // for its checks
      return new Q4LearnedSelfAttentionLayer(this);
    }
  }
}
