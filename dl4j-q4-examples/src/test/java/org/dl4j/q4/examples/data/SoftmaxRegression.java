package org.dl4j.q4.examples.data;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A linear model on the pixels: softmax(xW + b), trained by gradient descent on batches. */
final class SoftmaxRegression {
  private static final int BATCH = 400;

  private final INDArray weights;
  private final INDArray bias;

  private SoftmaxRegression(int inputs, int classes) {
    // In 'f' order, as gemm writes it.
    weights = Nd4j.create(DataType.FLOAT, new long[] {inputs, classes}, 'f');
    bias = Nd4j.zeros(DataType.FLOAT, 1, classes);
  }

  /**
   * The best test accuracy after any epoch. Choosing the epoch on the test images flatters the
   * model, which is right for an upper bound.
   */
  static double bestAccuracy(ImageData data, int epochs, double learningRate) {
    List<DataSet> train = batches(data.train());
    List<DataSet> test = batches(data.test());
    int inputs = (int) train.get(0).getFeatures().size(1);
    SoftmaxRegression model = new SoftmaxRegression(inputs, data.train().classNames().size());
    double best = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      train.forEach(batch -> model.step(batch, learningRate));
      best = Math.max(best, model.correct(test) / (double) data.test().size());
    }
    return best;
  }

  private static List<DataSet> batches(ImageSet images) {
    List<DataSet> batches = new ArrayList<>();
    ImageSetIterator iterator = ImageSetIterator.evaluation(images, BATCH, Normalization.CIFAR);
    while (iterator.hasNext()) {
      DataSet batch = iterator.next();
      INDArray rows = batch.getFeatures().reshape(batch.numExamples(), iterator.inputColumns());
      batches.add(new DataSet(rows, batch.getLabels()));
    }
    return batches;
  }

  private INDArray logits(DataSet batch) {
    return batch.getFeatures().mmul(weights).addiRowVector(bias);
  }

  private void step(DataSet batch, double learningRate) {
    INDArray error = Transforms.softmax(logits(batch)).subi(batch.getLabels());
    error.muli(learningRate / batch.numExamples());
    // weights −= xᵀ · error; gemm transposes as it reads, where transpose().mmul copies first.
    Nd4j.gemm(batch.getFeatures(), error, weights, true, false, -1, 1);
    bias.subi(error.sum(true, 0));
  }

  private int correct(List<DataSet> batches) {
    int correct = 0;
    for (DataSet batch : batches) {
      int[] predicted = logits(batch).argMax(1).toIntVector();
      int[] actual = batch.getLabels().argMax(1).toIntVector();
      for (int i = 0; i < actual.length; i++) {
        correct += predicted[i] == actual[i] ? 1 : 0;
      }
    }
    return correct;
  }
}
