package org.dl4j.q4.examples.convert;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.convert.NetworkSummary;
import org.dl4j.q4.examples.cli.ColorOption;
import org.dl4j.q4.examples.model.SavedNetwork;
import org.dl4j.q4.examples.packed.PackedFiles;
import org.dl4j.q4.packed.PackedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code q4 summary}. */
@Command(
    name = "summary",
    description =
        "The parameters of a saved network: shapes, bits, bytes at FP32 and packed, levels in use,"
            + " scales.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SummaryCommand implements Callable<Integer> {

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description = "A network saved by DL4J's ModelSerializer, or a packed model (.q4).")
  private Path in;

  @Mixin private final ColorOption color = new ColorOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    SavedNetwork saved = SavedNetwork.open(in);
    Model network = saved.network(false);
    PrintWriter out = spec.commandLine().getOut();
    out.print(new SummaryTable(NetworkSummary.of(network)).format(color.ansi()));
    try {
      PackedModel packed =
          saved.packed().isPresent()
              ? saved.packed().get()
              : PackedFiles.pack(network, saved, in, null, false);
      out.printf(Locale.ROOT, "as a packed file (q4.jar export): %,d bytes%n", packed.fileLength());
    } catch (IllegalArgumentException e) { // of a type that packed models have not
      out.println("cannot be packed: " + e.getMessage());
    }
    out.flush();
    return 0;
  }
}
