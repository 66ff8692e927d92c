package org.dl4j.q4.examples.evaluate;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.convert.Conversion;
import org.dl4j.q4.convert.ConversionReport.Entry;
import org.dl4j.q4.convert.ConversionReport.Outcome;
import org.dl4j.q4.convert.Q4Converter;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.source.DataOptions;
import org.dl4j.q4.examples.model.SavedNetwork;
import org.dl4j.q4.examples.predict.EngineOptions;
import org.dl4j.q4.examples.predict.Predictor;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code q4 evaluate}. */
@Command(
    name = "evaluate",
    description =
        "Loss and accuracy of a saved network on test images; or, with --validation, on the images"
            + " that a run with the same --seed held out.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NETWORK", description = "A saved network, such as a run's last.zip.")
  private Path file;

  @Mixin private final DataOptions data = new DataOptions();

  @Mixin private final EngineOptions engine = new EngineOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of drawn images and of the choice of those held out: 1 by default.")
  private long seed = 1;

  @Option(
      names = "--quantize",
      paramLabel = "BITS",
      description =
          "Before, quantize the weights of a network that was trained at full precision to so many"
              + " bits, 2 to 8 (post-training quantization). The file stays as it is.")
  private Integer bits;

  @Option(
      names = "--per-channel",
      description = "With --quantize: a scale for each output channel, not one a layer.")
  private boolean perChannel;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try {
      data.validate();
      engine.validate();
      require(
          bits == null || (bits >= Quantizer.MIN_BITS && bits <= Quantizer.MAX_BITS),
          "--quantize must be from 2 to 8 bits",
          bits);
      require(
          !spec.commandLine().getParseResult().hasMatchedOption("--train-limit"),
          "--train-limit has no effect here: --test-limit has",
          "it");
      require(!perChannel || bits != null, "--per-channel needs --quantize", "none");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    SavedNetwork saved = SavedNetwork.open(file);
    Model network = saved.network(false);
    if (bits != null) {
      network = quantize(network, out);
    }
    try (Predictor predictor = engine.predictor(file, network, saved.activationRanges())) {
      ImageSet images = data.images(file.resolveSibling("synthetic"), seed).test();
      print(score(predictor, images), predictor.describe(), out);
    }
    return 0;
  }

  private Score score(Predictor predictor, ImageSet images) throws IOException {
    try {
      return Score.of(predictor::output, images);
    } catch (IllegalArgumentException e) {
      throw about(e);
    }
  }

  private IOException about(IllegalArgumentException failure) {
    return new IOException(file + ": " + failure.getMessage(), failure);
  }

  private void print(Score score, String kernels, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%d %s images of %s, on %s%n",
        score.images(),
        data.testName(),
        data.name(),
        kernels);
    out.printf(Locale.ROOT, "loss %.4f%n", score.loss());
    out.printf(Locale.ROOT, "accuracy %.2f%n", score.accuracy());
  }

  private Model quantize(Model network, PrintWriter out) throws IOException {
    Conversion<? extends Model> conversion;
    try {
      conversion = quantized(network);
    } catch (IllegalArgumentException e) {
      throw about(e);
    }
    out.printf(
        "weights of %d layers quantized to %d bits%n",
        conversion.report().entries(Outcome.SWAPPED).size(), bits);
    return conversion.result();
  }

  private Conversion<? extends Model> quantized(Model network) {
    Q4Converter converter =
        Q4Converter.builder()
            .bits(bits)
            .granularity(perChannel ? Granularity.PER_CHANNEL : Granularity.PER_TENSOR)
            .build();
    Conversion<? extends Model> conversion = converter.convert(network);
    List<Entry> already = conversion.report().entries(Outcome.ALREADY);
    if (!already.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected a network of float weights to quantize; layer "
              + already.get(0).name()
              + " has 4-bit ones");
    }
    return conversion;
  }
}
