package org.dl4j.q4.train;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * A listener that {@link GlobalNormClipping}, if it is among the same network's listeners, tells
 * the norms of each step's gradient. In which order the two were added makes no difference.
 */
public interface GradientNormListener extends TrainingListener {

  /**
   * Called within {@code onGradientCalculation} of the clipping listener.
   *
   * @param model whose gradient has been clipped, if it had to be
   * @param norms before clipping, and the factor
   */
  void onGradientNorms(Model model, GradientNorms norms);
}
