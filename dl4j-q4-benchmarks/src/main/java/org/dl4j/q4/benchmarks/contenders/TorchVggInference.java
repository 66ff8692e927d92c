package org.dl4j.q4.benchmarks.contenders;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Inference by the VGG in FP32 in PyTorch by its C++ API, in inference mode. */
public final class TorchVggInference implements Contender {

  private final TorchVgg vgg;
  private final int batch;

  private TorchVggInference(TorchLayout layout, int batch) {
    vgg = new TorchVgg(layout);
    vgg.evaluate();
    this.batch = batch;
  }

  /**
   * @param args the name of a {@link TorchLayout}, and the batch
   */
  public static void main(String[] args) {
    ContenderMain.run(
        () -> new TorchVggInference(TorchLayout.valueOf(args[0]), Integer.parseInt(args[1])));
  }

  @Override
  public String description() {
    return String.format("inference of %d by the VGG in FP32, %s", batch, vgg.description());
  }

  @Override
  public double step() {
    try (PointerScope scope = TorchVgg.scope();
        InferenceMode mode = new InferenceMode(true)) {
      Tensor images = torch.randn(batch, 3, 32, 32);
      return Stopwatch.milliseconds(() -> vgg.forward(images));
    }
  }
}
