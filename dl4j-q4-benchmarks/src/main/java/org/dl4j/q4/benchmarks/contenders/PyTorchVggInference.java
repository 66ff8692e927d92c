package org.dl4j.q4.benchmarks.contenders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** Inference by the VGG in FP32 in PyTorch through DJL, without gradients. */
public final class PyTorchVggInference implements Contender {

  private final PyTorchVgg vgg;
  private final int batch;

  private PyTorchVggInference(TorchLayout layout, int batch) {
    vgg = new PyTorchVgg(layout);
    this.batch = batch;
  }

  /**
   * @param args the name of a {@link TorchLayout}, and the batch
   */
  public static void main(String[] args) {
    ContenderMain.run(
        () -> new PyTorchVggInference(TorchLayout.valueOf(args[0]), Integer.parseInt(args[1])));
  }

  @Override
  public String description() {
    return String.format("inference of %d by the VGG in FP32, %s", batch, vgg.description());
  }

  @Override
  public double step() {
    try (NDManager scope = vgg.trainer().getManager().newSubManager()) {
      NDArray images = vgg.images(scope, batch);
      return Stopwatch.milliseconds(() -> vgg.trainer().evaluate(new NDList(vgg.arranged(images))));
    }
  }

  @Override
  public void close() {
    vgg.close();
  }
}
