package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Layer;
import org.dl4j.q4.examples.model.SavedNetwork;
import org.dl4j.q4.train.PaperRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code q4 report clip}. */
@Command(
    name = "clip",
    description =
        "A Markdown table of saved networks, a row for each layer with weights: how far one more"
            + " tanh soft clip would move them, and the weight decay that would shrink them as"
            + " much.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ClipCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "NETWORK",
      arity = "1..*",
      description = "Saved networks, such as a run's last.zip.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--alpha",
      paramLabel = "X",
      description = "Of the soft clip to try, whatever the network was trained with: 3 by default.")
  private double alpha = 3;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Learning rate at which decay is expressed: 0.001 by default.")
  private double learningRate = PaperRecipe.LEARNING_RATE;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write there, replacing what it holds, and not to standard output.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    requirePositive("--alpha", alpha);
    requirePositive("--lr", learningRate);
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      ClipTable table = new ClipTable(alpha, learningRate);
      for (Layer layer : SavedNetwork.read(file).layers()) {
        ClipEffect.of(layer, alpha).ifPresent(table::add);
      }
      if (table.isEmpty()) {
        throw new IOException(file + ": expected a network with weights, found none");
      }
      text.append("**").append(file).append("**\n\n").append(table.toMarkdown()).append('\n');
    }
    Markdown.write(text.toString(), out);
    return 0;
  }

  private void requirePositive(String option, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ParameterException(
          spec.commandLine(), option + " must be positive and finite; got " + value);
    }
  }
}
