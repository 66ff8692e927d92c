package org.dl4j.q4.benchmarks.contenders;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Locale;

/**
 * One training step of the VGG in PyTorch through DJL: forward, loss, backward, AdamW. The
 * gradients are not clipped, in which its step is less than ours.
 */
public final class PyTorchVggStep implements Contender {

  private static final int BATCH = 128;
  private static final int CLASSES = 10;
  private static final Shape IMAGES = new Shape(BATCH, 3, 32, 32);

  private final Model model = Model.newInstance("vgg", "PyTorch");
  private final Trainer trainer;

  private PyTorchVggStep() {
    model.setBlock(vgg());
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(
                    Optimizer.adamW()
                        .optLearningRateTracker(Tracker.fixed(1e-3f))
                        .optWeightDecays(5e-4f)
                        .build()));
    trainer.initialize(IMAGES);
  }

  /**
   * @param args none
   */
  public static void main(String[] args) {
    System.setProperty("ai.djl.offline", "true"); // all it needs is on the class path
    ContenderMain.run(PyTorchVggStep::new);
  }

  private static Block vgg() {
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

  @Override
  public String description() {
    long parameters =
        model.getBlock().getParameters().values().stream()
            .mapToLong(parameter -> parameter.getArray().size())
            .sum();
    return String.format(
        Locale.ROOT,
        "VGG FP32 of %,d parameters; PyTorch %s through %s. Native build %s",
        parameters,
        Engine.getEngine("PyTorch").getVersion(),
        Jars.named("pytorch-engine"),
        Jars.named("pytorch-native"));
  }

  @Override
  public double step() {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDArray images = scope.randomNormal(IMAGES);
      NDArray labels = scope.randomInteger(0, CLASSES, new Shape(BATCH), DataType.INT64);
      return Stopwatch.milliseconds(() -> train(new NDList(images), new NDList(labels)));
    }
  }

  private void train(NDList images, NDList labels) {
    try (GradientCollector gradients = trainer.newGradientCollector()) {
      NDArray loss = trainer.getLoss().evaluate(labels, trainer.forward(images, labels));
      gradients.backward(loss);
    }
    trainer.step();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
