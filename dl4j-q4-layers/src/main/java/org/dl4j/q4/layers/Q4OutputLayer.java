package org.dl4j.q4.layers;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * An output layer with 4-bit weights: {@link OutputLayer} whose every pass, in training and in
 * inference, uses the quantized values of its weights (see {@link org.dl4j.q4.quant.Quantizer}).
 *
 * <ul>
 *   <li>input: [batch, in]; output: [batch, out]
 *   <li>{@code W}: [in, out], float, the weights that are updated
 *   <li>{@code b}: [out], float, never quantized
 *   <li>{@code s}: [1] or [out], only with a fixed scale
 * </ul>
 *
 * <p>Gradient: that of the parent holding the quantized weights, given to the float weights as it
 * is (straight-through estimator). After each update the float weights pass the tanh soft clip.
 */
public final class Q4OutputLayer extends OutputLayer implements QuantizedLayer {

  private WeightQuantization quantization = WeightQuantization.PAPER;

  /** For JSON. */
  public Q4OutputLayer() {}

  private Q4OutputLayer(Builder builder) {
    ConfCopy.copy(builder, this);
    setLossFn(builder.getLossFn());
    setHasBias(builder.isHasBias());
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
        "Q4OutputLayer", getLayerName(), layerIndex, getNIn(), getNOut());
    return RuntimeSetup.initialize(
        new OutputRuntime(conf, networkDataType),
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
  public Q4OutputLayer clone() {
    return (Q4OutputLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Q4OutputLayer
        && super.equals(other)
        && quantization.equals(((Q4OutputLayer) other).quantization);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof Q4OutputLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + quantization.hashCode();
  }

  @Override
  public String toString() {
    return "Q4" + super.toString() + "(quantization=" + quantization + ")";
  }

  /** Everything {@link OutputLayer.Builder} accepts, and {@link QuantizationBuilder}. */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends BaseOutputLayer.Builder<Builder>
      implements QuantizationBuilder<Builder> {

    private WeightQuantization quantization = WeightQuantization.PAPER;

    /** Softmax and multi-class cross-entropy: the parent's defaults. */
    public Builder() {
      setActivationFn(new ActivationSoftmax());
    }

    /**
     * @param lossFunction the loss; the activation is softmax unless set otherwise
     */
    public Builder(LossFunction lossFunction) {
      super(lossFunction);
      setActivationFn(new ActivationSoftmax());
    }

    /**
     * @param lossFunction the loss; the activation is softmax unless set otherwise
     */
    public Builder(ILossFunction lossFunction) {
      super(lossFunction);
      setActivationFn(new ActivationSoftmax());
    }

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
    public Q4OutputLayer build() {
      return new Q4OutputLayer(this);
    }
  }
}
