package org.dl4j.q4.benchmarks.contenders;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Minibatches of 128 random colour images, 32×32, channels first, of 10 classes. */
final class RandomImages {

  static final int BATCH = 128;
  static final int CLASSES = 10;
  static final int CHANNELS = 3;
  static final int SIZE = 32;

  private final Random random = new Random(1);

  /**
   * @return other images at each call, lest a network should fit them and the numbers of its step
   *     become special
   */
  DataSet next() {
    INDArray images = Nd4j.randn(DataType.FLOAT, BATCH, CHANNELS, SIZE, SIZE);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, CLASSES);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, random.nextInt(CLASSES), 1);
    }
    return new DataSet(images, labels);
  }
}
