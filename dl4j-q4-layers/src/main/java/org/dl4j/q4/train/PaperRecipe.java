package org.dl4j.q4.train;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.dl4j.q4.train.CosineAnnealingSchedule.AfterMaximum;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * The optimizer of arXiv 2603.13931 on any configuration: AdamW (learning rate 1e-3 on a cosine
 * over 100 epochs that rises again, decay 5e-4 on every parameter), gradients clipped to a global
 * norm of 0.5. The tanh soft clip belongs to the 4-bit layers.
 *
 * <pre>{@code
 * PaperRecipe recipe = PaperRecipe.standard();
 * NeuralNetConfiguration.Builder builder = recipe.apply(new NeuralNetConfiguration.Builder());
 * …
 * network.addListeners(recipe.gradientClipping());
 * }</pre>
 *
 * <p>The decay reaches γ and β of {@link org.dl4j.q4.layers.FastBatchNormalization}; DL4J's own
 * batch normalization refuses it.
 */
public final class PaperRecipe {

  /** Learning rate at the start. */
  public static final double LEARNING_RATE = 1e-3;

  /** Epochs from the first learning rate to zero. */
  public static final int T_MAX = 100;

  /** Decoupled weight decay of every parameter. */
  public static final double WEIGHT_DECAY = 5e-4;

  /** Largest global L2 norm of the gradient. */
  public static final double MAX_GRADIENT_NORM = 0.5;

  private final ISchedule learningRate;
  private final double weightDecay;
  private final double maxGradientNorm;

  private PaperRecipe(ISchedule learningRate, double weightDecay, double maxGradientNorm) {
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.maxGradientNorm = maxGradientNorm;
  }

  /**
   * @return the recipe as the paper has it
   */
  public static PaperRecipe standard() {
    return new PaperRecipe(cosine(LEARNING_RATE), WEIGHT_DECAY, MAX_GRADIENT_NORM);
  }

  private static ISchedule cosine(double initial) {
    return new CosineAnnealingSchedule(ScheduleType.EPOCH, initial, 0, T_MAX, AfterMaximum.RISE);
  }

  /**
   * @param initial learning rate at the start of the paper's cosine
   * @return the recipe with another learning rate
   */
  public PaperRecipe withLearningRate(double initial) {
    return withLearningRate(cosine(initial));
  }

  /**
   * @param schedule learning rate; must have {@code equals}
   * @return the recipe with another learning rate
   */
  public PaperRecipe withLearningRate(ISchedule schedule) {
    return new PaperRecipe(schedule, weightDecay, maxGradientNorm);
  }

  /**
   * @param coefficient decoupled weight decay, 0 for none
   * @return the recipe with another decay
   */
  public PaperRecipe withWeightDecay(double coefficient) {
    return new PaperRecipe(learningRate, coefficient, maxGradientNorm);
  }

  /**
   * @param norm largest global norm of the gradient
   * @return the recipe with another clipping
   */
  public PaperRecipe withMaxGradientNorm(double norm) {
    return new PaperRecipe(learningRate, weightDecay, norm);
  }

  /**
   * Sets the updater and adds the decay, for weights and biases. Call it before {@code list()} or
   * {@code graphBuilder()}. To DL4J the decay is a kind of L2: a later {@code l2} or {@code
   * weightDecay} on the builder takes its place, and so does a layer's own L2 for that layer.
   *
   * @param builder the configuration to set
   * @return the same builder
   */
  public NeuralNetConfiguration.Builder apply(NeuralNetConfiguration.Builder builder) {
    builder.updater(new AdamW(learningRate));
    if (weightDecay > 0) {
      builder
          .regularization(withDecay(builder.getRegularization()))
          .regularizationBias(withDecay(builder.getRegularizationBias()));
    }
    return builder;
  }

  private List<Regularization> withDecay(List<Regularization> present) {
    List<Regularization> all = new ArrayList<>(present);
    all.add(new DecoupledWeightDecay(weightDecay));
    return all;
  }

  /**
   * @return the listener that clips the gradients; add it to the network
   */
  public GlobalNormClipping gradientClipping() {
    return new GlobalNormClipping(maxGradientNorm);
  }
}
