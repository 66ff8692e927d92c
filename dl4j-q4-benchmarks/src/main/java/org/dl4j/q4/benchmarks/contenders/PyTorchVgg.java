package org.dl4j.q4.benchmarks.contenders;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Locale;

/**
 * {@code Vgg4bit} in FP32 in PyTorch through DJL.
 *
 * <p>DJL knows nothing of memory formats. But PyTorch goes by the strides, and those of a tensor
 * made as [batch, height, width, channels] and transposed are those of {@code channels_last}.
 */
final class PyTorchVgg implements AutoCloseable {

  static final int CLASSES = 10;

  private final TorchLayout layout;
  private final Model model = Model.newInstance("vgg", "PyTorch");
  private final Trainer trainer;

  PyTorchVgg(TorchLayout layout) {
    System.setProperty("ai.djl.offline", "true"); // all it needs is on the class path
    this.layout = layout;
    model.setBlock(blocks());
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(
                    Optimizer.adamW()
                        .optLearningRateTracker(Tracker.fixed(1e-3f))
                        .optWeightDecays(5e-4f)
                        .build()));
    trainer.initialize(shape(1));
    if (layout == TorchLayout.CHANNELS_LAST) {
      model.getBlock().getParameters().values().stream()
          .map(Parameter::getArray)
          .filter(weights -> weights.getShape().dimension() == 4)
          .forEach(PyTorchVgg::turn);
    }
  }

  private static Block blocks() {
    SequentialBlock vgg = new SequentialBlock();
    for (int channels : new int[] {64, 128, 256}) {
      for (int half = 0; half < 2; half++) {
        vgg.add(
            Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .setFilters(channels)
                .build());
        vgg.add(BatchNorm.builder().build()).add(Activation.reluBlock());
      }
      vgg.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    }
    return vgg.add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(512).build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Dropout.builder().optRate(0.5f).build())
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  /** The same weights, channels last. */
  private static void turn(NDArray weights) {
    weights.intern(channelsLast(weights.stopGradient()));
    weights.setRequiresGradient(true);
  }

  private static NDArray channelsLast(NDArray array) {
    NDArray transposed = array.transpose(0, 2, 3, 1);
    // Flattening copies: a transposed array is but a view.
    return transposed.flatten().reshape(transposed.getShape()).transpose(0, 3, 1, 2);
  }

  private static Shape shape(int batch) {
    return new Shape(batch, 3, 32, 32);
  }

  Trainer trainer() {
    return trainer;
  }

  /**
   * @param scope what the images belong to
   * @param batch how many
   * @return random images [batch, 3, 32, 32], channels first
   */
  NDArray images(NDManager scope, int batch) {
    return scope.randomNormal(shape(batch));
  }

  /**
   * @param images channels first
   * @return the same in the layout of this network
   */
  NDArray arranged(NDArray images) {
    return layout == TorchLayout.CHANNELS_LAST ? channelsLast(images) : images;
  }

  /**
   * @return layout, size and versions
   */
  String description() {
    long parameters =
        model.getBlock().getParameters().values().stream()
            .mapToLong(parameter -> parameter.getArray().size())
            .sum();
    return String.format(
        Locale.ROOT,
        "%,d parameters, %s; PyTorch %s through %s. Native build %s",
        parameters,
        layout,
        Engine.getEngine("PyTorch").getVersion(),
        Jars.named("pytorch-engine"),
        Jars.named("pytorch-native"));
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
