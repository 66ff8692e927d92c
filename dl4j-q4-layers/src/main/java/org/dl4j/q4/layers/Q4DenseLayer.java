package org.dl4j.q4.layers;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A dense layer with 4-bit weights: {@link DenseLayer} whose every pass, in training and in
 * inference, uses the quantized values of its weights (see {@link org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in]; output: [batch, out]
 *   <li>{@code W}: [in, out], float, the weights that are updated
 *   <li>{@code b}: [out], and the gain of layer normalization, float, never quantized
 *   <li>{@code s}: [1] or [out], only with a fixed scale
 * </ul>
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip.
 */
public final class Q4DenseLayer extends DenseLayer implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4DenseLayer() {}

  private Q4DenseLayer(Builder builder) {
    builder.copyTo(this);
    // Before the options are set: constraints on all parameters must not reach a fixed scale.
    initializeConstraints(builder);
    this.quantization = builder.quantization;
  }

  @Override
  public WeightQuantization getQuantization() {
    return quantization;
  }

  @Override
  public void setQuantization(WeightQuantization quantization) {
    this.quantization = Objects.requireNonNull(quantization, "quantization");
  }

  @Override
  public List<QuantizedParameter> quantizedParameters() {
    return List.of(new QuantizedParameter(DefaultParamInitializer.WEIGHT_KEY, 1, getNOut()));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    LayerValidation.assertNInNOutSet(
        "Q4DenseLayer", getLayerName(), layerIndex, getNIn(), getNOut());
    return RuntimeSetup.initialize(
        new DenseRuntime(conf, networkDataType),
        conf,
        trainingListeners,
        layerIndex,
        layerParamsView,
        initializeParams);
  }

  @Override
  public ParamInitializer initializer() {
    return FixedScaleInitializer.of(quantization, DefaultParamInitializer.getInstance());
  }

  @Override
  public IUpdater getUpdaterByParam(String paramName) {
    return FixedScaleInitializer.updater(this, paramName, super.getUpdaterByParam(paramName));
  }

  @Override
  public Q4DenseLayer clone() {
    return (Q4DenseLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4DenseLayer
        && super.equals(other)
        && quantization.equals(((Q4DenseLayer) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4DenseLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + quantization.hashCode();
  }

  @Override
  public String toString() {
    return "Q4" + super.toString() + "(quantization=" + quantization + ")";
  }

  /** Everything {@link DenseLayer.Builder} accepts, and {@link QuantizationBuilder}. */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends DenseBuilder<Builder>
      implements QuantizationBuilder<Builder> {

    private WeightQuantization quantization = WeightQuantization.PAPER;

    /** With a bias, without layer normalization: the parent's defaults. */
    public Builder() {}

    @Override
    public WeightQuantization getQuantization() {
      return quantization;
    }

    @Override
    public Builder quantization(WeightQuantization quantization) {
      this.quantization = Objects.requireNonNull(quantization, "quantization");
      return this;
    }

    @Override
    public Q4DenseLayer build() {
      return new Q4DenseLayer(this);
    }
  }
}
