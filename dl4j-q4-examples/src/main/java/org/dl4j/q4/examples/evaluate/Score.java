package org.dl4j.q4.examples.evaluate;

import java.util.function.UnaryOperator;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Mean cross-entropy and accuracy over images, added up batch by batch. */
public final class Score {

  /** Smallest probability that enters the logarithm, as in DL4J's own cross-entropy. */
  private static final double LEAST_PROBABILITY = 1e-10;

  private static final int BATCH = 250;

  private double lossSum;
  private long correct;
  private long images;

  /**
   * Lets a network predict.
   *
   * @param network images in evaluation mode [batch, 3, height, width] → probabilities [batch,
   *     classes]
   * @param images neither cropped nor flipped
   * @return the score of all of them
   * @throws IllegalArgumentException if the network knows another number of classes
   */
  public static Score of(UnaryOperator<INDArray> network, ImageSet images) {
    ImageSetIterator batches = ImageSetIterator.evaluation(images, BATCH, Normalization.CIFAR);
    Score score = new Score();
    while (batches.hasNext()) {
      DataSet batch = batches.next();
      INDArray probabilities = network.apply(batch.getFeatures());
      if (probabilities.size(1) != batch.getLabels().size(1)) {
        throw new IllegalArgumentException(
            "Expected a network of "
                + batch.getLabels().size(1)
                + " classes, as the images have; found one of "
                + probabilities.size(1));
      }
      score.add(probabilities, batch.getLabels());
    }
    return score;
  }

  /**
   * Adds a batch.
   *
   * @param probabilities the network's output, [batch, classes]
   * @param labels one-hot, [batch, classes]
   */
  public void add(INDArray probabilities, INDArray labels) {
    float[][] p = probabilities.toFloatMatrix();
    float[][] y = labels.toFloatMatrix();
    for (int i = 0; i < p.length; i++) {
      int label = largest(y[i]);
      lossSum -= Math.log(Math.max(p[i][label], LEAST_PROBABILITY));
      if (largest(p[i]) == label) {
        correct++;
      }
    }
    images += p.length;
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * @return mean cross-entropy
   */
  public double loss() {
    return lossSum / images;
  }

  /**
   * @return share of the images whose most probable class is theirs, in percent
   */
  public double accuracy() {
    return 100.0 * correct / images;
  }

  /**
   * @return how many images were added
   */
  public long images() {
    return images;
  }
}
