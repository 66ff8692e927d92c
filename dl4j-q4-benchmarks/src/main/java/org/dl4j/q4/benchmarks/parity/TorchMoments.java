package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;

/**
 * What PyTorch's AdamW remembers of the gradients. The C++ API gives it away only when it saves the
 * optimizer: an archive in which each parameter's state is named by the address of its tensor.
 */
final class TorchMoments {

  private TorchMoments() {}

  /** Adds both moments of each parameter, as they are now, to a run. */
  static void tell(AdamW optimizer, TorchNetwork network, int step, Run run) throws IOException {
    Path file = Files.createTempFile("optimizer-", ".pt");
    try {
      OutputArchive saved = new OutputArchive();
      optimizer.save(saved);
      saved.save_to(file.toString());
      InputArchive archive = new InputArchive();
      archive.load_from(file.toString());
      InputArchive states = new InputArchive();
      archive.read("state", states);
      for (Parameter parameter : Parameters.trained()) {
        Tensor tensor = network.parameter(parameter.name());
        InputArchive state = new InputArchive();
        states.read(Long.toUnsignedString(tensor.unsafeGetTensorImpl().address()), state);
        run.put(step, Run.M + parameter.name(), array(state, "exp_avg"));
        run.put(step, Run.V + parameter.name(), array(state, "exp_avg_sq"));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static double[] array(InputArchive state, String name) {
    Tensor tensor = new Tensor();
    state.read(name, tensor);
    return TorchNetwork.numbers(tensor);
  }
}
