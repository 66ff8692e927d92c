package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The runs of a comparison, read from their directory. */
final class Runs {

  private final Path directory;

  Runs(Path directory) {
    this.directory = directory;
  }

  Run torch(Setting setting, NumberType type, long seed) throws IOException {
    return Run.read(directory, RunNames.torch(setting, type, seed));
  }

  Run free(Setting setting, NumberType type, String way, long seed) throws IOException {
    return Run.read(directory, RunNames.free(setting, type, way, seed));
  }

  Run single(Setting setting, String way, long seed) throws IOException {
    return Run.read(directory, RunNames.single(setting, way, seed));
  }

  /**
   * @return kernels of our side that FLOAT was run on
   */
  List<String> kernels() {
    List<String> kernels = new ArrayList<>(WayNames.KERNELS);
    String way = WayNames.of(WayNames.BF16, WayNames.FORMATS.get(0), Defect.NONE);
    long seed = RunNames.SEEDS.get(0);
    if (Run.exists(directory, RunNames.single(Setting.PAPER, way, seed))) {
      kernels.add(WayNames.BF16);
    }
    return kernels;
  }

  /**
   * PyTorch's value of a parameter as Deeplearning4j should have it.
   *
   * @param run PyTorch's
   * @param parameter which
   * @param from the step whose state both shared
   * @param step the step after which
   */
  static double[] truth(Run run, Parameter parameter, int from, int step) {
    double[] value = run.get(step, parameter.name());
    if (parameter.kind() != Parameter.Kind.RUNNING_VARIANCE) {
      return value;
    }
    return RunningVariance.biased(
        run.get(from, parameter.name()),
        value,
        step - from,
        Parameters.elementsPerChannel(parameter.layer()));
  }
}
