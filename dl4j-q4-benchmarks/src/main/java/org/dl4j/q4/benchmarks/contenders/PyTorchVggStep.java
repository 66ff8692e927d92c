package org.dl4j.q4.benchmarks.contenders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;

/**
 * One training step of the VGG in PyTorch through DJL: forward, loss, backward, AdamW. The
 * gradients are not clipped, in which its step is less than ours.
 */
public final class PyTorchVggStep implements Contender {

  private static final int BATCH = 128;

  private final TorchPrecision precision;
  private final PyTorchVgg vgg;
  private final Trainer trainer;

  private PyTorchVggStep(TorchLayout layout, TorchPrecision precision) {
    this.precision = precision;
    vgg = new PyTorchVgg(layout);
    trainer = vgg.trainer();
  }

  /**
   * @param args the names of a {@link TorchLayout} and of a {@link TorchPrecision}
   */
  public static void main(String[] args) {
    ContenderMain.run(
        () -> new PyTorchVggStep(TorchLayout.valueOf(args[0]), TorchPrecision.valueOf(args[1])));
  }

  @Override
  public String description() {
    return String.format("training step of the VGG, logits of %s, %s", type(), vgg.description());
  }

  /** What the last layer gives; DJL 0.36 calls bf16, which it does not know, "unknown". */
  private DataType type() {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDList images = new NDList(vgg.arranged(vgg.images(scope, 2)));
      return precision.compute(() -> trainer.evaluate(images)).head().getDataType();
    }
  }

  @Override
  public double step() {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDArray images = vgg.images(scope, BATCH);
      NDArray labels = scope.randomInteger(0, PyTorchVgg.CLASSES, new Shape(BATCH), DataType.INT64);
      // Times this, logits become FP32, as the loss wants them; DJL cannot cast what is bf16.
      NDArray one = scope.ones(new Shape(1));
      return Stopwatch.milliseconds(() -> train(images, labels, one));
    }
  }

  private void train(NDArray images, NDArray labels, NDArray one) {
    try (GradientCollector gradients = trainer.newGradientCollector()) {
      NDList arranged = new NDList(vgg.arranged(images));
      NDArray logits =
          precision.compute(() -> trainer.forward(arranged, new NDList(labels))).head().mul(one);
      gradients.backward(trainer.getLoss().evaluate(new NDList(labels), new NDList(logits)));
    }
    trainer.step();
  }

  @Override
  public void close() {
    vgg.close();
  }
}
