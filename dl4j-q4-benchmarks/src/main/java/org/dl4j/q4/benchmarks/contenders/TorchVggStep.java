package org.dl4j.q4.benchmarks.contenders;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One training step of the VGG in PyTorch by its C++ API: forward, loss, backward, AdamW. The
 * gradients are not clipped, in which its step is less than ours.
 */
public final class TorchVggStep implements Contender {

  private static final int BATCH = 128;
  private final TensorOptions indices = new TensorOptions(ScalarType.Long);

  private final TorchPrecision precision;
  private final TorchVgg vgg;
  private final AdamW optimizer;
  private final String type;

  private TorchVggStep(TorchLayout layout, TorchPrecision precision) {
    this.precision = precision;
    vgg = new TorchVgg(layout);
    AdamWOptions options = new AdamWOptions(1e-3);
    options.weight_decay().put(5e-4);
    optimizer = new AdamW(vgg.parameters(), options);
    type = vgg.type(precision);
    if (type.equals("BFloat16") != (precision == TorchPrecision.BF16)) {
      throw new IllegalStateException("In " + precision + " convolutions give " + type);
    }
  }

  /**
   * @param args the names of a {@link TorchLayout} and of a {@link TorchPrecision}
   */
  public static void main(String[] args) {
    ContenderMain.run(
        () -> new TorchVggStep(TorchLayout.valueOf(args[0]), TorchPrecision.valueOf(args[1])));
  }

  @Override
  public String description() {
    return String.format(
        "training step of the VGG, convolutions give %s, %s", type, vgg.description());
  }

  @Override
  public double step() {
    try (PointerScope scope = TorchVgg.scope()) {
      Tensor images = torch.randn(BATCH, 3, 32, 32);
      Tensor labels = torch.randint(TorchVgg.CLASSES, new long[] {BATCH}, indices);
      return Stopwatch.milliseconds(() -> train(images, labels));
    }
  }

  private void train(Tensor images, Tensor labels) {
    optimizer.zero_grad();
    Tensor loss = precision.compute(() -> torch.cross_entropy_loss(vgg.forward(images), labels));
    loss.backward();
    optimizer.step();
  }
}
