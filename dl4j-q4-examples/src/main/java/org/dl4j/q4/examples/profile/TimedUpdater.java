package org.dl4j.q4.examples.profile;

import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's updater, timed. When it has turned the gradient into a step, DL4J subtracts that from
 * the parameters, which has no seam of its own: it is what happens until the listeners hear that
 * the iteration is done.
 */
final class TimedUpdater implements Updater {

  private static final Section STEP = Section.ofNetwork(Work.PARAMETER_STEP, Phase.UPDATE);

  private final transient Updater updater;
  private final transient StepClock clock;

  TimedUpdater(Updater updater, StepClock clock) {
    this.updater = updater;
    this.clock = clock;
  }

  @Override
  public void update(
      Trainable layer,
      Gradient gradient,
      int iteration,
      int epoch,
      int miniBatchSize,
      LayerWorkspaceMgr workspaceMgr) {
    clock.enter(STEP);
    try {
      updater.update(layer, gradient, iteration, epoch, miniBatchSize, workspaceMgr);
    } finally {
      clock.exit();
    }
    clock.background(STEP);
  }

  @Override
  public void setStateViewArray(Trainable layer, INDArray viewArray, boolean initialize) {
    updater.setStateViewArray(layer, viewArray, initialize);
  }

  @Override
  public INDArray getStateViewArray() {
    return updater.getStateViewArray();
  }
}
