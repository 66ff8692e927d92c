package org.dl4j.q4.train;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * AdamW's weight decay: {@code w ← w − lr · λ · w}, on the weights before the update and beside the
 * updater's own step. Unlike DL4J's {@code WeightDecay} it adds nothing to the score, since it is
 * not the gradient of any loss; and given globally it is applied once. Source: Loshchilov and
 * Hutter, arXiv 1711.05101, as PyTorch's {@code AdamW} scales it, by the current learning rate.
 *
 * <p>It extends {@code L2Regularization} for one reason: when DL4J merges the global configuration
 * into a layer's, it adds every regularization that is neither L1 nor L2 a second time, which
 * doubles a global {@code WeightDecay}. The price: a layer with an L2 of its own does not get the
 * global decay.
 */
public final class DecoupledWeightDecay extends L2Regularization {

  /**
   * @param coefficient λ
   */
  public DecoupledWeightDecay(double coefficient) {
    this(new FixedSchedule(coefficient));
  }

  /**
   * @param coefficient λ as a schedule
   */
  public DecoupledWeightDecay(@JsonProperty("l2") ISchedule coefficient) {
    super(coefficient);
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.POST_UPDATER;
  }

  @Override
  public void apply(INDArray param, INDArray gradView, double lr, int iteration, int epoch) {
    // DL4J subtracts gradView from the parameters.
    Nd4j.exec(new Axpy(param, gradView, gradView, lr * getL2().valueAt(iteration, epoch)));
  }

  @Override
  public double score(INDArray param, int iteration, int epoch) {
    return 0;
  }

  @Override
  public Regularization clone() {
    return new DecoupledWeightDecay(getL2().clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecoupledWeightDecay && super.equals(other);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof DecoupledWeightDecay;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + 1;
  }

  @Override
  public String toString() {
    return "DecoupledWeightDecay(" + getL2() + ")";
  }
}
