package org.dl4j.q4.examples.convert;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.convert.Conversion;
import org.dl4j.q4.convert.ConversionReport;
import org.dl4j.q4.convert.FullPrecisionWeights;
import org.dl4j.q4.convert.Q4Converter;
import org.dl4j.q4.examples.model.SavedNetwork;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code q4 convert}. */
@Command(
    name = "convert",
    description =
        "Turn a saved network into a 4-bit one with the same parameters and updater state, or back"
            + " into one of Deeplearning4j's own layers. Says what became of each layer.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ConvertCommand implements Callable<Integer> {

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description = "A network saved by DL4J's ModelSerializer.")
  private Path in;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Gets the converted one; replaced if it is there.")
  private Path out;

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "LAYER",
      description =
          "Leave these layers at full precision: first, last (of those that could be swapped),"
              + " names of layers.")
  private List<String> keep = new ArrayList<>();

  @Option(names = "--bits", paramLabel = "N", description = "Of a weight, 2 to 8: 4 by default.")
  private Integer bits;

  @Option(
      names = "--per-channel",
      description = "A scale for each output channel, not one a tensor.")
  private boolean perChannel;

  @Option(
      names = "--alpha",
      paramLabel = "X",
      description = "Of the tanh soft clip in training: 3 by default, 0 turns it off.")
  private Double alpha;

  @Option(
      names = "--to-fp32",
      paramLabel = "WEIGHTS",
      description =
          "The way back, to Deeplearning4j's own layers: with the weights that are quantized"
              + " (predicts the same), or float ones, those that training updates.")
  private FullPrecisionWeights back;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try {
      validate();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    SavedNetwork saved = SavedNetwork.open(in);
    Conversion<? extends Model> conversion = convert(saved.network(true));
    saved.writeAs(conversion.result(), out);
    print(conversion.report());
    return 0;
  }

  private void validate() {
    require(
        bits == null || (bits >= Quantizer.MIN_BITS && bits <= Quantizer.MAX_BITS),
        "--bits must be from 2 to 8",
        bits);
    require(
        alpha == null || (alpha >= 0 && alpha < Double.POSITIVE_INFINITY),
        "--alpha must be positive, or 0 to turn the soft clip off",
        alpha);
    require(
        back == null || (keep.isEmpty() && !perChannel && bits == null && alpha == null),
        "--to-fp32 takes no --keep, --bits, --per-channel or --alpha",
        "them");
  }

  private Conversion<? extends Model> convert(Model network) {
    try {
      return back == null
          ? converter().convert(network)
          : Q4Converter.toFullPrecision(network, back);
    } catch (IllegalArgumentException e) { // a name of --keep
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Q4Converter converter() {
    Q4Converter.Builder builder = Q4Converter.builder();
    if (bits != null) {
      builder.bits(bits);
    }
    if (alpha != null) {
      builder.softClip(alpha);
    }
    if (perChannel) {
      builder.granularity(Granularity.PER_CHANNEL);
    }
    for (String layer : keep) {
      if (layer.equals("first")) {
        builder.keepFirst();
      } else if (layer.equals("last")) {
        builder.keepLast();
      } else {
        builder.keep(layer);
      }
    }
    return builder.build();
  }

  private void print(ConversionReport report) {
    PrintWriter text = spec.commandLine().getOut();
    report.entries().forEach(text::println);
    long swapped = report.entries(ConversionReport.Outcome.SWAPPED).size();
    text.printf("%d of %d layers swapped; written to %s%n", swapped, report.entries().size(), out);
    text.flush();
  }
}
