package org.dl4j.q4.layers;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link DenseLayer} with the same parameters and the same results, at the speed of the kernels in
 * use (see {@link org.dl4j.q4.kernels.Kernels}). In bf16 kernels inputs, weights and gradients are
 * rounded to bf16 before each product.
 */
public final class FastDenseLayer extends DenseLayer {

  /** For JSON. */
  public FastDenseLayer() {}

  private FastDenseLayer(Builder builder) {
    builder.copyTo(this);
    initializeConstraints(builder);
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
        "FastDenseLayer", getLayerName(), layerIndex, getNIn(), getNOut());
    return RuntimeSetup.initialize(
        new DenseRuntime(conf, networkDataType),
        conf,
        trainingListeners,
        layerIndex,
        layerParamsView,
        initializeParams);
  }

  @Override
  public FastDenseLayer clone() {
    return (FastDenseLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FastDenseLayer && super.equals(other);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof FastDenseLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + 1;
  }

  @Override
  public String toString() {
    return "Fast" + super.toString();
  }

  /** Everything {@link DenseLayer.Builder} accepts. */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends DenseBuilder<Builder> {

    /** With a bias, without layer normalization: the parent's defaults. */
    public Builder() {}

    @Override
    public FastDenseLayer build() {
      return new FastDenseLayer(this);
    }
  }
}
