package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.kernels.Kernels;
import org.nd4j.linalg.api.buffer.DataType;

/** Our side. Expects the runs of {@link TorchSide} in its directory. */
public final class Q4Side {

  private final Path directory;

  private Q4Side(Path directory) {
    this.directory = directory;
  }

  /**
   * @param args the directory for the runs
   */
  public static void main(String[] args) {
    Q4Side side = new Q4Side(Path.of(args[0]));
    ParitySide.serve("(dl4j-q4-layers|deeplearning4j-nn|dnnl)-\\d[^-]*-[^-]*$", side::runAll);
  }

  private void runAll() throws IOException {
    for (Setting setting : Setting.values()) {
      for (long seed : RunNames.SEEDS) {
        for (CNN2DFormat format : CNN2DFormat.values()) {
          Q4Way way = new Q4Way(WayNames.KERNELS.get(0), format, Defect.NONE);
          free(setting, NumberType.DOUBLE, way, seed);
          for (String kernels : kernels()) {
            Q4Way fast = new Q4Way(kernels, format, Defect.NONE);
            free(setting, NumberType.FLOAT, fast, seed);
            single(setting, fast, seed);
          }
        }
      }
      for (Defect defect : Defect.values()) {
        if (defect != Defect.NONE) {
          Q4Way way = new Q4Way(WayNames.KERNELS.get(0), CNN2DFormat.NCHW, defect);
          free(setting, NumberType.DOUBLE, way, RunNames.SEEDS.get(0));
        }
      }
    }
  }

  private static List<String> kernels() {
    List<String> kernels = new ArrayList<>(WayNames.KERNELS);
    if (Kernels.available().contains(WayNames.BF16)) {
      kernels.add(WayNames.BF16);
    }
    return kernels;
  }

  private void free(Setting setting, NumberType type, Q4Way way, long seed) throws IOException {
    Q4Network network = new Q4Network(setting, DataType.valueOf(type.name()), way);
    network.start(Start.of(seed));
    Run run = new Run();
    network.tell(0, run);
    for (int step = 1; step <= Run.STEPS; step++) {
      network.step(Minibatch.of(seed, step));
      network.tell(step, run);
    }
    run.write(directory, RunNames.free(setting, type, way.name(), seed));
  }

  private void single(Setting setting, Q4Way way, long seed) throws IOException {
    Run theirs = Run.read(directory, RunNames.torch(setting, NumberType.FLOAT, seed));
    Q4Network network = new Q4Network(setting, DataType.FLOAT, way);
    Run run = new Run();
    for (int step = 1; step <= Run.STEPS; step++) {
      network.resume(theirs, step - 1);
      network.step(Minibatch.of(seed, step));
      network.tell(step, run);
    }
    run.write(directory, RunNames.single(setting, way.name(), seed));
  }
}
