package org.dl4j.q4.samediff;

import java.util.Map;
import java.util.function.Consumer;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/** One convolution and one linear layer in a graph, at 4 bits or by the stock operations. */
final class SmallCnn {

  static final int BATCH = 6;
  private static final int SIZE = 6;
  private static final int CHANNELS = 2;
  private static final int MAPS = 5;
  private static final int CLASSES = 3;
  private static final Conv2DConfig CONFIG =
      Conv2DConfig.builder().kH(3).kW(3).sH(1).sW(1).dH(1).dW(1).dataFormat("NCHW").build();

  private SmallCnn() {}

  /** With {@link SDQ4}. */
  static SameDiff quantized(DataType type, WeightQuantization options) {
    SameDiff sd = SameDiff.create();
    SDQ4 q4 = new SDQ4(sd, options);
    SDVariable maps = q4.conv2d("maps", images(sd, type), kernel(sd, type), bias(sd, type), CONFIG);
    finish(sd, q4.linear("scores", flat(sd, maps), weights(sd, type), scoreBias(sd, type)));
    return sd;
  }

  /** The same graph, made of stock operations on the weights as they are. */
  static SameDiff stock(DataType type) {
    SameDiff sd = SameDiff.create();
    SDVariable maps =
        sd.cnn().conv2d("maps", images(sd, type), kernel(sd, type), bias(sd, type), CONFIG);
    finish(sd, sd.nn().linear("scores", flat(sd, maps), weights(sd, type), scoreBias(sd, type)));
    return sd;
  }

  private static SDVariable images(SameDiff sd, DataType type) {
    return sd.placeHolder("images", type, -1, CHANNELS, SIZE, SIZE);
  }

  private static SDVariable kernel(SameDiff sd, DataType type) {
    return sd.var("kernel", random(1, type, 3, 3, CHANNELS, MAPS).muli(0.4));
  }

  private static SDVariable bias(SameDiff sd, DataType type) {
    return sd.var("bias", random(2, type, MAPS).muli(0.1));
  }

  private static SDVariable weights(SameDiff sd, DataType type) {
    return sd.var("weights", random(3, type, MAPS * 16, CLASSES).muli(0.2));
  }

  private static SDVariable scoreBias(SameDiff sd, DataType type) {
    return sd.var("scoreBias", random(4, type, CLASSES).muli(0.1));
  }

  private static SDVariable flat(SameDiff sd, SDVariable maps) {
    return sd.reshape(sd.nn().relu(maps, 0), -1, MAPS * 16);
  }

  private static void finish(SameDiff sd, SDVariable scores) {
    SDVariable labels = sd.placeHolder("labels", scores.dataType(), -1, CLASSES);
    sd.loss().softmaxCrossEntropy("loss", labels, scores, null).markAsLoss();
  }

  static void train(SameDiff sd, IUpdater updater) {
    sd.setTrainingConfig(
        TrainingConfig.builder()
            .updater(updater)
            .dataSetFeatureMapping("images")
            .dataSetLabelMapping("labels")
            .build());
  }

  static void fit(SameDiff sd, DataType type, int firstStep, int steps) {
    for (int step = firstStep; step < firstStep + steps; step++) {
      sd.fit(batch(type, step));
    }
  }

  static DataSet batch(DataType type, int step) {
    INDArray labels = Nd4j.zeros(type, BATCH, CLASSES);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, (i + step) % CLASSES, 1);
    }
    return new DataSet(random(100 + step, type, BATCH, CHANNELS, SIZE, SIZE), labels);
  }

  static Map<String, INDArray> placeholders(DataType type, int step) {
    DataSet batch = batch(type, step);
    return Map.of("images", batch.getFeatures(), "labels", batch.getLabels());
  }

  static void set(SameDiff sd, String name, Consumer<INDArray> change) {
    change.accept(sd.getVariable(name).getArr());
  }

  /** Gaussian, and the same in every process. */
  static INDArray random(long seed, DataType type, long... shape) {
    INDArray array = Nd4j.create(DataType.DOUBLE, shape);
    java.util.Random random = new java.util.Random(seed);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    return array.castTo(type);
  }
}
