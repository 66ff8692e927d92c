package org.dl4j.q4.examples.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.Precision;
import org.dl4j.q4.examples.model.SimpleResNet4bit;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.examples.train.TrainCommand;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code evaluate} of narrow networks on a few images. */
class EvaluateCommandTest {

  private static final double WIDTH = 0.1;

  @TempDir private static Path images;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object command, Object... arguments) {
    List<String> all = new ArrayList<>(List.of("--data-dir", images.toString()));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(new String[0]));
  }

  private static String[] train(Path folder) {
    return new String[] {
      "--out",
      folder.toString(),
      "--epochs",
      "1",
      "--train-limit",
      "100",
      "--test-limit",
      "60",
      "--batch",
      "25",
      "--width",
      "" + WIDTH
    };
  }

  /** The lines that it prints. */
  private List<String> evaluate(Object... arguments) {
    out.getBuffer().setLength(0);
    assertEquals(0, run(new EvaluateCommand(), arguments), err::toString);
    return out.toString().lines().collect(Collectors.toList());
  }

  private static Vgg4bit vgg() {
    return new Vgg4bit(10).width(WIDTH);
  }

  private static Path save(MultiLayerNetwork network, Path file) throws IOException {
    network.save(file.toFile());
    return file;
  }

  @Test
  void findsWhatTrainingFound(@TempDir Path folder) throws IOException {
    assertEquals(0, run(new TrainCommand(), (Object[]) train(folder)), err::toString);
    String[] metrics = Files.readAllLines(folder.resolve("metrics.csv")).get(1).split(",", -1);

    List<String> lines = evaluate(folder.resolve("last.zip"), "--test-limit", 60);

    assertEquals(
        "60 test images of synthetic, on " + Kernels.current().name() + " kernels", lines.get(0));
    double loss = Double.parseDouble(lines.get(1).substring("loss ".length()));
    assertEquals(Double.parseDouble(metrics[4]), loss, 1e-4);
    double accuracy = Double.parseDouble(lines.get(2).substring("accuracy ".length()));
    assertEquals(Double.parseDouble(metrics[5]), accuracy, 0.01);
  }

  /** A 4-bit network with the same float weights quantizes them by itself. */
  @ParameterizedTest
  @CsvSource({"4, PER_TENSOR", "3, PER_CHANNEL"})
  void quantizesAsALayerDoes(int bits, Granularity granularity, @TempDir Path folder)
      throws IOException {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(vgg().precision(Precision.FP32).configuration());
    stock.init();
    MultiLayerNetwork quantized =
        new MultiLayerNetwork(
            vgg()
                .quantization(WeightQuantization.PAPER.withBits(bits).withGranularity(granularity))
                .configuration());
    quantized.init();
    quantized.setParams(stock.params());
    Path file = save(stock, folder.resolve("float.zip"));

    List<Object> arguments = new ArrayList<>(List.of(file, "--test-limit", 50, "--quantize", bits));
    if (granularity == Granularity.PER_CHANNEL) {
      arguments.add("--per-channel");
    }
    List<String> lines = evaluate(arguments.toArray());

    assertEquals("weights of 8 layers quantized to " + bits + " bits", lines.get(0));
    Path other = save(quantized, folder.resolve("quantized.zip"));
    List<String> expected = evaluate(other, "--test-limit", 50);
    assertEquals(expected, lines.subList(1, lines.size()));
    assertNotEquals(evaluate(file, "--test-limit", 50).get(1), lines.get(2));
  }

  @Test
  void refusesToQuantizeWhatIsQuantized(@TempDir Path folder) throws IOException {
    MultiLayerNetwork quantized = new MultiLayerNetwork(vgg().configuration());
    quantized.init();
    Path file = save(quantized, folder.resolve("quantized.zip"));

    assertEquals(1, run(new EvaluateCommand(), file, "--quantize", 4));

    assertTrue(
        err.toString().contains("Expected a network of float weights to quantize; layer conv1-1"),
        err::toString);
  }

  /** With layers that have no parameters, in a graph. */
  @Test
  void quantizesAResNet(@TempDir Path folder) throws IOException {
    ComputationGraph resnet =
        new ComputationGraph(
            new SimpleResNet4bit(10).precision(Precision.FP32).graphConfiguration());
    resnet.init();
    Path file = folder.resolve("resnet.zip");
    resnet.save(file.toFile());

    List<String> lines = evaluate(file, "--test-limit", 20, "--quantize", 4);

    assertEquals("weights of 7 layers quantized to 4 bits", lines.get(0));
  }

  @Test
  void refusesImagesOfOtherClasses(@TempDir Path folder) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(new Vgg4bit(100).width(WIDTH).configuration());
    network.init();
    Path file = save(network, folder.resolve("hundred.zip"));

    assertEquals(1, run(new EvaluateCommand(), file, "--test-limit", 50));

    assertTrue(
        err.toString().contains("Expected a network of 10 classes, as the images have; found one"),
        err::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "--train-limit=5, '--train-limit has no effect here'",
    "--quantize=9, '--quantize must be from 2 to 8 bits; got 9'",
    "--per-channel, --per-channel needs --quantize",
    "--validation=1, --validation must be a fraction"
  })
  void explainsWrongOptions(String option, String message) {
    assertEquals(2, run(new EvaluateCommand(), "network.zip", option));
    assertTrue(err.toString().contains(message), err::toString);
  }
}
