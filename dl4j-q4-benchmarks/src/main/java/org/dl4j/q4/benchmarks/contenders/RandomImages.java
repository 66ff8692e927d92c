package org.dl4j.q4.benchmarks.contenders;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Minibatches of random colour images, 32×32, channels first, of 10 classes. */
final class RandomImages {

  /** What is measured where nothing else is said. */
  static final int BATCH = 128;

  static final int CLASSES = 10;
  static final int CHANNELS = 3;
  static final int SIZE = 32;

  private final Random random = new Random(1);
  private final int batch;

  /**
   * @param batch images of a minibatch
   */
  RandomImages(int batch) {
    this.batch = batch;
  }

  /**
   * @return other images at each call, lest a network should fit them and the numbers of its step
   *     become special
   */
  DataSet next() {
    INDArray images = Nd4j.randn(DataType.FLOAT, batch, CHANNELS, SIZE, SIZE);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, CLASSES);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, random.nextInt(CLASSES), 1);
    }
    return new DataSet(images, labels);
  }
}
