package org.dl4j.q4.examples.train;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4j.q4.examples.evaluate.Score;
import org.dl4j.q4.examples.model.ImageNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Loss and accuracy of the training passes themselves, augmented images and dropout included: the
 * running training figures that the paper's log has. DL4J hands listeners no output of the training
 * pass, so the output layer computes it once more from the input that it still holds; that is a
 * product of [batch, hidden] with [hidden, classes].
 */
final class TrainingScoreListener extends BaseTrainingListener {

  private Score score = new Score();

  @Override
  public void onBackwardPass(Model model) {
    BaseOutputLayer<?> output = (BaseOutputLayer<?>) ImageNetwork.of(model).outputLayer();
    INDArray probabilities = output.activate(true, LayerWorkspaceMgr.noWorkspaces());
    score.add(probabilities, output.getLabels());
  }

  /**
   * @return the figures since the last call
   */
  Score takeScore() {
    Score taken = score;
    score = new Score();
    return taken;
  }
}
