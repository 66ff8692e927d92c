package org.dl4j.q4.layers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.train.DecoupledWeightDecay;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * {@link BatchNormalization} with the same parameters and the same results, at the speed of the
 * kernels in use (see {@link org.dl4j.q4.kernels.Kernels}).
 *
 * <p>With {@link Builder#relu} the ReLU that usually follows is part of the layer, {@code y =
 * max(0, γ·x̂ + β)}: one pass over memory instead of two, and no activation layer behind it. It is
 * off by default.
 *
 * <p>One difference is asked for by name: {@link DecoupledWeightDecay}, AdamW's decay, reaches γ
 * (as the weights' decay) and β (as the biases'), as it does in PyTorch. DL4J's layer ignores every
 * regularization for them; L1, L2 and DL4J's own weight decay are ignored here too.
 */
public final class FastBatchNormalization extends BatchNormalization {

  private boolean relu;

  /** With the parent's defaults; also for JSON. */
  public FastBatchNormalization() {}

  private FastBatchNormalization(Builder builder) {
    ConfCopy.copy(builder, this);
    setDecay(builder.getDecay());
    setEps(builder.getEps());
    setMinibatch(builder.isMinibatch());
    setGamma(builder.getGamma());
    setBeta(builder.getBeta());
    setLockGammaBeta(builder.isLockGammaBeta());
    setCudnnAllowFallback(builder.isCudnnAllowFallback());
    setUseLogStd(builder.isUseLogStd());
    setCnn2DFormat(builder.getCnn2DFormat());
    this.relu = builder.relu;
    initializeConstraints(builder);
  }

  /**
   * @return whether a ReLU is part of the layer
   */
  public boolean isRelu() {
    return relu;
  }

  /**
   * @param relu whether a ReLU is part of the layer
   */
  public void setRelu(boolean relu) {
    this.relu = relu;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    LayerValidation.assertNOutSet("FastBatchNormalization", getLayerName(), layerIndex, getNOut());
    return RuntimeSetup.initialize(
        new BatchNormalizationRuntime(conf, networkDataType, relu),
        conf,
        trainingListeners,
        layerIndex,
        layerParamsView,
        initializeParams);
  }

  @Override
  public List<Regularization> getRegularizationByParam(String paramName) {
    switch (paramName) {
      case BatchNormalizationParamInitializer.GAMMA:
        return decoupledOnly(getRegularization());
      case BatchNormalizationParamInitializer.BETA:
        return decoupledOnly(getRegularizationBias());
      default:
        return super.getRegularizationByParam(paramName);
    }
  }

  private static List<Regularization> decoupledOnly(List<Regularization> all) {
    List<Regularization> decay = new ArrayList<>();
    if (all != null) {
      for (Regularization regularization : all) {
        if (regularization instanceof DecoupledWeightDecay) {
          decay.add(regularization);
        }
      }
    }
    return decay;
  }

  @Override
  public FastBatchNormalization clone() {
    return (FastBatchNormalization) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FastBatchNormalization
        && super.equals(other)
        && relu == ((FastBatchNormalization) other).relu;
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof FastBatchNormalization;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Boolean.hashCode(relu);
  }

  @Override
  public String toString() {
    return "Fast" + super.toString() + "(relu=" + relu + ")";
  }

  /** Everything {@link BatchNormalization.Builder} accepts, and {@link #relu}. */
  @SuppressWarnings("unchecked") // build() by its type, as in the parent's builder
  public static final class Builder extends BatchNormalization.Builder {

    private boolean relu;

    /** The parent's defaults. */
    public Builder() {}

    /**
     * @param decay decay of the running statistics
     * @param isMinibatch whether batches are parts of the data
     */
    public Builder(double decay, boolean isMinibatch) {
      super(decay, isMinibatch);
    }

    /**
     * @param gamma initial γ
     * @param beta initial β
     */
    public Builder(double gamma, double beta) {
      super(gamma, beta);
    }

    /**
     * @param gamma initial γ
     * @param beta initial β
     * @param lockGammaBeta whether they stay at these values
     */
    public Builder(double gamma, double beta, boolean lockGammaBeta) {
      super(gamma, beta, lockGammaBeta);
    }

    /**
     * @param lockGammaBeta whether γ and β are fixed
     */
    public Builder(boolean lockGammaBeta) {
      super(lockGammaBeta);
    }

    /**
     * Makes the ReLU that follows part of the layer, instead of an activation layer behind it.
     *
     * @param relu whether to; false by default
     * @return this builder
     */
    public Builder relu(boolean relu) {
      this.relu = relu;
      return this;
    }

    @Override
    public FastBatchNormalization build() {
      return new FastBatchNormalization(this);
    }
  }
}
