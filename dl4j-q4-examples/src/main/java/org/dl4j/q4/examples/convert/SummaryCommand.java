package org.dl4j.q4.examples.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dl4j.q4.convert.NetworkSummary;
import org.dl4j.q4.examples.model.SavedNetwork;
import picocli.CommandLine.Command;
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
      description = "A network saved by DL4J's ModelSerializer.")
  private Path in;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    NetworkSummary summary = NetworkSummary.of(SavedNetwork.open(in).network(false));
    spec.commandLine().getOut().print(new SummaryTable(summary).format());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
