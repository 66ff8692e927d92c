package org.dl4j.q4.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

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
    List<INDArray> gradients = gradients(parts(model));
    double squares = 0;
    for (INDArray gradient : gradients) {
      double norm = gradient.norm2Number().doubleValue();
      squares += norm * norm;
    }
    double norm = Math.sqrt(squares) / divisor(model);
    double factor = maxNorm / (norm + EPSILON);
    if (factor < 1) {
      for (INDArray gradient : gradients) {
        gradient.muli(factor);
      }
    }
  }

  private static Trainable[] parts(Model model) {
    if (model instanceof MultiLayerNetwork) {
      return ((MultiLayerNetwork) model).getLayers();
    }
    if (model instanceof ComputationGraph) {
      return ((ComputationGraph) model).getVertices(); // some vertices without a layer have weights
    }
    throw new IllegalArgumentException(
        "GlobalNormClipping clips a MultiLayerNetwork or a ComputationGraph; got "
            + model.getClass().getName());
  }

  private static double divisor(Model model) {
    return model.conf().isMiniBatch() ? model.batchSize() : 1;
  }

  private static List<INDArray> gradients(Trainable[] parts) {
    List<INDArray> gradients = new ArrayList<>();
    for (Trainable part : parts) {
      INDArray view = part.numParams() == 0 ? null : part.getGradientsViewArray();
      if (view == null) {
        continue; // no parameters, or frozen
      }
      INDArray flat = view.reshape(view.length());
      long offset = 0;
      for (Map.Entry<String, INDArray> param : part.paramTable(false).entrySet()) {
        long end = offset + param.getValue().length();
        if (part.updaterDivideByMinibatch(param.getKey())) {
          gradients.add(flat.get(NDArrayIndex.interval(offset, end)));
        }
        offset = end;
      }
    }
    return gradients;
  }
}
