package org.dl4j.q4.train;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.network.EitherKind;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Clips the gradient of the whole network to an L2 norm, as PyTorch's {@code clip_grad_norm_}: with
 * g the gradient of the mean loss over the minibatch, all parameters together,
 *
 * <pre>
 *   g ← g · min(1, maxNorm / (‖g‖₂ + 1e-6))
 * </pre>
 *
 * <p>Add it to the network's listeners; DL4J's own gradient normalization knows single layers and
 * parameters, never the whole network. It works on {@link MultiLayerNetwork}, {@link
 * ComputationGraph} and the workers of {@code ParallelWrapper}; it holds no state, so that one
 * instance may serve many threads. Listeners are not saved with a network: add it again after
 * loading.
 *
 * <p>What DL4J passes along as gradients but are updates, the running statistics of batch
 * normalization above all, count neither for the norm nor are they scaled. At this point of the
 * step DL4J's gradient is still the sum over the minibatch, so it is the norm divided by the batch
 * size that is compared.
 *
 * <p>It tells each {@link GradientNormListener} among the network's listeners the norms it found.
 */
public final class GlobalNormClipping extends BaseTrainingListener {

  private static final double EPSILON = 1e-6;

  private final double maxNorm;

  /**
   * @param maxNorm largest L2 norm, positive
   * @throws IllegalArgumentException if it is not
   */
  public GlobalNormClipping(double maxNorm) {
    if (!(maxNorm > 0)) {
      throw new IllegalArgumentException("maxNorm must be positive; got " + maxNorm);
    }
    this.maxNorm = maxNorm;
  }

  @Override
  public void onGradientCalculation(Model model) {
    Collection<TrainingListener> listeners =
        EitherKind.of(model, MultiLayerNetwork::getListeners, ComputationGraph::getListeners);
    Map<String, INDArray> gradients = GradientNorms.gradients(model);
    GradientNorms norms = GradientNorms.of(gradients, GradientNorms.divisor(model));
    double factor = maxNorm / (norms.total() + EPSILON);
    if (factor < 1) {
      gradients.values().forEach(gradient -> gradient.muli(factor));
      norms = norms.clippedBy(factor);
    }
    for (TrainingListener listener : listeners) {
      if (listener instanceof GradientNormListener) {
        ((GradientNormListener) listener).onGradientNorms(model, norms);
      }
    }
  }
}
