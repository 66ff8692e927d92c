package org.dl4j.q4.train;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adam as PyTorch computes it. With gradient g, step t = 1, 2, …:
 *
 * <pre>
 *   m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 *   m̂ = m / (1 − β₁ᵗ)            v̂ = v / (1 − β₂ᵗ)
 *   w ← w − lr · m̂ / (√v̂ + ε)
 * </pre>
 *
 * <p>DL4J's {@code Adam} adds ε to √v instead of √v̂, which is a different rule wherever gradients
 * are small, as they are when clipped to a small norm.
 *
 * <p>The decoupled decay that makes it AdamW is a {@link DecoupledWeightDecay} in the
 * configuration's regularization, since a DL4J updater never sees the weights; {@link PaperRecipe}
 * sets both.
 *
 * <p>State: m and v, 2 numbers a parameter, in that order. Source: Kingma and Ba, arXiv 1412.6980;
 * Loshchilov and Hutter, arXiv 1711.05101.
 */
public final class AdamW implements IUpdater {

  /** PyTorch's and DL4J's default learning rate. */
  public static final double DEFAULT_LEARNING_RATE = 1e-3;

  /** Default β₁. */
  public static final double DEFAULT_BETA1 = 0.9;

  /** Default β₂. */
  public static final double DEFAULT_BETA2 = 0.999;

  /** Default ε. */
  public static final double DEFAULT_EPSILON = 1e-8;

  // DL4J writes an updater by its fields, whatever its getters (see IUpdater).
  private double learningRate;
  private ISchedule learningRateSchedule;
  private final double beta1;
  private final double beta2;
  private final double epsilon;

  /** Learning rate 1e-3, β 0.9 and 0.999, ε 1e-8. */
  public AdamW() {
    this(DEFAULT_LEARNING_RATE);
  }

  /**
   * @param learningRate the learning rate
   */
  public AdamW(double learningRate) {
    this(learningRate, null, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON);
  }

  /**
   * @param learningRateSchedule the learning rate as a schedule; must have {@code equals}
   */
  public AdamW(ISchedule learningRateSchedule) {
    this(Double.NaN, learningRateSchedule, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON);
  }

  /**
   * @param learningRate the learning rate; not used if there is a schedule
   * @param learningRateSchedule the learning rate as a schedule, or null
   * @param beta1 decay of the mean gradient, in [0, 1)
   * @param beta2 decay of the mean squared gradient, in [0, 1)
   * @param epsilon added to √v̂
   * @throws IllegalArgumentException if a value is outside its range
   */
  public AdamW(
      @JsonProperty("learningRate") double learningRate,
      @JsonProperty("learningRateSchedule") ISchedule learningRateSchedule,
      @JsonProperty("beta1") double beta1,
      @JsonProperty("beta2") double beta2,
      @JsonProperty("epsilon") double epsilon) {
    if (learningRateSchedule == null && !(learningRate >= 0)) {
      throw new IllegalArgumentException(
          "learningRate must be 0 or more, or a schedule given; got " + learningRate);
    }
    requireDecay("beta1", beta1);
    requireDecay("beta2", beta2);
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon must be 0 or more; got " + epsilon);
    }
    this.learningRate = learningRate;
    this.learningRateSchedule = learningRateSchedule;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  private static void requireDecay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1); got " + value);
    }
  }

  /**
   * @return β₁
   */
  public double getBeta1() {
    return beta1;
  }

  /**
   * @return β₂
   */
  public double getBeta2() {
    return beta2;
  }

  /**
   * @return ε
   */
  public double getEpsilon() {
    return epsilon;
  }

  @Override
  public long stateSize(long numParams) {
    return 2 * numParams;
  }

  @Override
  public GradientUpdater<AdamW> instantiate(INDArray viewArray, boolean initializeViewArray) {
    AdamWUpdater updater = new AdamWUpdater(this);
    updater.setStateViewArray(
        viewArray, new long[] {viewArray.length() / 2}, 'c', initializeViewArray);
    return updater;
  }

  @Override
  public GradientUpdater<AdamW> instantiate(
      Map<String, INDArray> updaterState, boolean initializeStateArrays) {
    AdamWUpdater updater = new AdamWUpdater(this);
    updater.setState(updaterState, initializeStateArrays);
    return updater;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRateSchedule != null
        ? learningRateSchedule.valueAt(iteration, epoch)
        : learningRate;
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double lr, ISchedule lrSchedule) {
    this.learningRate = lr;
    this.learningRateSchedule = lrSchedule;
  }

  @Override
  public AdamW clone() {
    ISchedule schedule = learningRateSchedule == null ? null : learningRateSchedule.clone();
    return new AdamW(learningRate, schedule, beta1, beta2, epsilon);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof AdamW)) {
      return false;
    }
    AdamW that = (AdamW) other;
    return Double.compare(learningRate, that.learningRate) == 0
        && Objects.equals(learningRateSchedule, that.learningRateSchedule)
        && Double.compare(beta1, that.beta1) == 0
        && Double.compare(beta2, that.beta2) == 0
        && Double.compare(epsilon, that.epsilon) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(learningRate, learningRateSchedule, beta1, beta2, epsilon);
  }

  @Override
  public String toString() {
    return "AdamW(learningRate="
        + (learningRateSchedule != null ? learningRateSchedule : (Object) learningRate)
        + ", beta1="
        + beta1
        + ", beta2="
        + beta2
        + ", epsilon="
        + epsilon
        + ")";
  }
}
