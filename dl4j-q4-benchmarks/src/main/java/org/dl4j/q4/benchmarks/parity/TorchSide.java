package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * PyTorch's side, by its C++ API: its functions of layers and loss, its autograd, its {@code
 * clip_grad_norm_} and its AdamW.
 */
public final class TorchSide {

  private final Path directory;

  private TorchSide(Path directory) {
    this.directory = directory;
  }

  /**
   * @param args the directory for the runs
   */
  public static void main(String[] args) {
    TorchSide side = new TorchSide(Path.of(args[0]));
    ParitySide.serve("pytorch-\\d.*-(linux|macosx|windows)-", side::runAll);
  }

  private void runAll() throws IOException {
    torch.set_num_threads(1);
    for (Setting setting : Setting.values()) {
      for (NumberType type : NumberType.values()) {
        for (long seed : RunNames.SEEDS) {
          run(setting, type, seed).write(directory, RunNames.torch(setting, type, seed));
        }
      }
    }
  }

  private static Run run(Setting setting, NumberType type, long seed) throws IOException {
    ScalarType scalars = type == NumberType.DOUBLE ? ScalarType.Double : ScalarType.Float;
    TorchNetwork network = new TorchNetwork(scalars, Start.of(seed));
    AdamWOptions options = new AdamWOptions(setting.learningRate);
    options.weight_decay().put(setting.weightDecay);
    AdamW optimizer = new AdamW(network.trained(), options);
    TorchCosine cosine = new TorchCosine(setting.learningRate, setting.minimumRate, Setting.T_MAX);
    Run run = new Run();
    network.tell(0, run);
    for (int step = 1; step <= Run.STEPS; step++) {
      try (PointerScope ignored = scope()) {
        setRate(optimizer, cosine.rate());
        optimizer.zero_grad();
        network.loss(Minibatch.of(seed, step)).backward();
        network.passGradientsThrough();
        run.put(step, Run.GRADIENT_NORM, torch.clip_grad_norm_(network.trained(), setting.maxNorm));
        optimizer.step();
        cosine.advance();
        network.softClip(setting.softClip);
        network.tell(step, run);
        TorchMoments.tell(optimizer, network, step, run);
      }
    }
    return run;
  }

  @SuppressWarnings("unchecked") // creates an array of generic type, and that an empty one
  private static PointerScope scope() {
    return new PointerScope();
  }

  private static void setRate(AdamW optimizer, double rate) {
    optimizer.param_groups().get(0).options().set_lr(rate);
  }
}
