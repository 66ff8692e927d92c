package org.dl4j.q4.examples.train;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean cross-entropy and accuracy over images, added up batch by batch. */
final class Score {

  /** Smallest probability that enters the logarithm, as in DL4J's own cross-entropy. */
  private static final double LEAST_PROBABILITY = 1e-10;

  private double lossSum;
  private long correct;
  private long images;

  /**
   * Adds a batch.
   *
   * @param probabilities the network's output, [batch, classes]
   * @param labels one-hot, [batch, classes]
   */
  void add(INDArray probabilities, INDArray labels) {
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
  double loss() {
    return lossSum / images;
  }

  /**
   * @return share of the images whose most probable class is theirs, in percent
   */
  double accuracy() {
    return 100.0 * correct / images;
  }

  /**
   * @return how many images were added
   */
  long images() {
    return images;
  }
}
