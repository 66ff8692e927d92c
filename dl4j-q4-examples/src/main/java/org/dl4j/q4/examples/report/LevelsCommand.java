package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dl4j.q4.examples.model.SavedNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code q4 report levels}. */
@Command(
    name = "levels",
    description =
        "A Markdown table of saved networks, a row for each quantized layer: scale, levels in use,"
            + " which are missing, shares of zeros and of the outermost codes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LevelsCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "NETWORK",
      arity = "1..*",
      description =
          "Saved networks, such as a run's last.zip; several get a table of all of them, too.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write there, replacing what it holds, and not to standard output.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    LevelsTable table = new LevelsTable();
    for (Path file : files) {
      List<LayerLevels> layers = LayerLevels.of(SavedNetwork.read(file).layers());
      if (layers.isEmpty()) {
        throw new IOException(file + ": expected a network with quantized layers, found none");
      }
      table.add(file.toString(), layers);
    }
    Markdown.write(table.toMarkdown(), out);
    return 0;
  }
}
