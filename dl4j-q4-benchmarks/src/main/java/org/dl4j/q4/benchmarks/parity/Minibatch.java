package org.dl4j.q4.benchmarks.parity;

import java.util.Random;

/** The images of one step, from N(0, 1), and their classes. */
final class Minibatch {

  private static final long STREAM = 1_000_003;

  private final float[] images;
  private final int[] classes;

  private Minibatch(float[] images, int[] classes) {
    this.images = images;
    this.classes = classes;
  }

  /**
   * @param seed of the run
   * @param step counted from 1
   * @return its minibatch
   */
  static Minibatch of(long seed, int step) {
    Random random = new Random(seed * STREAM + step);
    float[] images =
        new float[Parameters.BATCH * Parameters.CHANNELS * Parameters.SIZE * Parameters.SIZE];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    int[] classes = random.ints(Parameters.BATCH, 0, Parameters.CLASSES).toArray();
    return new Minibatch(images, classes);
  }

  /**
   * @return [batch, channels, height, width]
   */
  float[] images() {
    return images.clone();
  }

  int[] classes() {
    return classes.clone();
  }
}
