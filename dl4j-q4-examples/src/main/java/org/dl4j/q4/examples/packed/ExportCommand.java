package org.dl4j.q4.examples.packed;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.convert.BatchNormFolding;
import org.dl4j.q4.convert.NetworkSummary;
import org.dl4j.q4.examples.data.source.DataName;
import org.dl4j.q4.examples.model.NetworkFileException;
import org.dl4j.q4.examples.model.SavedNetwork;
import org.dl4j.q4.packed.PackedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code q4 export}. */
@Command(
    name = "export",
    description =
        "Pack a saved network: its weights as codes, two to a byte at 4 bits, with their scales. The"
            + " format is in docs/q4-format.md.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ExportCommand implements Callable<Integer> {

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description =
          "A network saved by DL4J's ModelSerializer, such as a run's last.zip; or a .q4.")
  private Path in;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Gets the packed model (.q4); replaced if it is there.")
  private Path out;

  @Option(
      names = "--fold",
      description = "Fold batch norm into the layer before it first; for inference only.")
  private boolean fold;

  @Option(
      names = "--data",
      description =
          "The images that it was trained on, synthetic, synthetic100, cifar10 or cifar100, whose"
              + " class names, size and normalization go along. By default those that options.txt"
              + " beside --in names; none if there is none.")
  private DataName data;

  @Option(names = "--coarse", description = "With --data: its classes are the 20 coarse ones.")
  private boolean coarse;

  @Mixin private final CalibrationOptions calibration = new CalibrationOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try {
      require(!coarse || data != null, "--coarse needs --data", "none");
      calibration.validate(data, coarse);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    SavedNetwork saved = SavedNetwork.open(in);
    Model network = saved.network(false);
    if (fold) {
      network = BatchNormFolding.fold(network).result();
    }
    try {
      PackedModel model = PackedFiles.pack(network, saved, in, data, coarse);
      if (calibration.areGiven()) {
        Path drawn = in.toAbsolutePath().resolveSibling("synthetic");
        model = model.withActivationRanges(calibration.ranges(network, drawn));
        spec.commandLine().getOut().println(calibration.describe(model.activationRanges()));
      }
      model.write(out);
    } catch (IllegalArgumentException e) {
      throw new NetworkFileException(in + ": " + e.getMessage(), e);
    }
    print(NetworkSummary.of(network), Files.size(out));
    return 0;
  }

  private void print(NetworkSummary summary, long bytes) {
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        Locale.ROOT,
        "%,d of %,d parameters quantized; %,d bytes, %.2f times smaller than the parameters at FP32;"
            + " written to %s%n",
        summary.quantizedParameters(),
        summary.parameters(),
        bytes,
        (double) summary.floatBytes() / bytes,
        out);
    text.flush();
  }
}
