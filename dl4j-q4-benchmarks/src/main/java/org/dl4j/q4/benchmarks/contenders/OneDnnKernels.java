package org.dl4j.q4.benchmarks.contenders;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;

/**
 * The six convolutions of the VGG at batch 128 as oneDNN's kernels compute them, and nothing else:
 * forward, gradient of the input, gradient of the weights, each once. The first one's gradient of
 * the input, which nobody needs, is left out. It is what a training step cannot be shorter than on
 * these kernels.
 */
public final class OneDnnKernels implements Contender {

  private static final int BATCH = 128;

  /** Channels in, channels out, height and width. */
  private static final int[][] CONVOLUTIONS = {
    {3, 64, 32}, {64, 64, 32}, {64, 128, 16}, {128, 128, 16}, {128, 256, 8}, {256, 256, 8}
  };

  private final memory.data_type type;
  private final List<Runnable> kernels = new ArrayList<>();

  private OneDnnKernels(memory.data_type type) {
    this.type = type;
    engine cpu = new engine(engine.kind.cpu, 0);
    stream queue = new stream(cpu);
    List<Runnable> backward = new ArrayList<>();
    for (int[] shape : CONVOLUTIONS) {
      OneDnnConvolution convolution =
          new OneDnnConvolution(cpu, type, BATCH, shape[0], shape[1], shape[2]);
      kernels.add(convolution.forward(queue));
      if (!backward.isEmpty()) {
        backward.add(0, convolution.inputGradient(queue));
      }
      backward.add(0, convolution.weightGradient(queue));
    }
    kernels.addAll(backward);
  }

  /**
   * @param args the type of images and weights, {@code f32} or {@code bf16}
   */
  public static void main(String[] args) {
    ContenderMain.run(() -> new OneDnnKernels(memory.data_type.valueOf(args[0])));
  }

  @Override
  public String description() {
    return String.format(
        "%d kernels of oneDNN in %s; %s", kernels.size(), type, Jars.named("dnnl-\\d.*-"));
  }

  @Override
  public double step() {
    return Stopwatch.milliseconds(() -> kernels.forEach(Runnable::run));
  }
}
