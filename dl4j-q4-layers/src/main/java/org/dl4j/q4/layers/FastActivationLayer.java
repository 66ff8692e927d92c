package org.dl4j.q4.layers;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link ActivationLayer} with the same results. A ReLU runs at the speed of the kernels in use
 * (see {@link org.dl4j.q4.kernels.Kernels}); other activations are Deeplearning4j's own. Behind a
 * batch normalization, {@link FastBatchNormalization.Builder#relu} is faster still.
 */
public final class FastActivationLayer extends ActivationLayer {

  /** For JSON. */
  public FastActivationLayer() {}

  /**
   * @param activation the activation function
   */
  public FastActivationLayer(Activation activation) {
    this((Builder) new Builder().activation(activation));
  }

  /**
   * @param activation the activation function
   */
  public FastActivationLayer(IActivation activation) {
    this((Builder) new Builder().activation(activation));
  }

  private FastActivationLayer(Builder builder) {
    super(builder);
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
        new ActivationRuntime(conf, networkDataType),
        conf,
        trainingListeners,
        layerIndex,
        layerParamsView,
        initializeParams);
  }

  @Override
  public FastActivationLayer clone() {
    return (FastActivationLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FastActivationLayer && super.equals(other);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof FastActivationLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + 1;
  }

  @Override
  public String toString() {
    return "Fast" + super.toString();
  }

  /** Everything {@link ActivationLayer.Builder} accepts. */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends ActivationLayer.Builder {

    /** Without an activation: set one. */
    public Builder() {}

    @Override
    public FastActivationLayer build() {
      return new FastActivationLayer(this);
    }
  }
}
