package org.dl4j.q4.examples.packed;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dl4j.q4.examples.cli.ColorOption;
import org.dl4j.q4.examples.cli.TextTable;
import org.dl4j.q4.packed.ImageInput;
import org.dl4j.q4.packed.PackedModel;
import org.dl4j.q4.packed.PackedTensor;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.QuantizedTensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code q4 inspect}. */
@Command(
    name = "inspect",
    description =
        "What is in a packed model (.q4): its parameters, scales, how often each code occurs, and ranges"
            + " of activations.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class InspectCommand implements Callable<Integer> {

  /** Of the longest bar. */
  private static final int BAR = 40;

  /** More codes than these would fill screens. */
  private static final int MOST_LEVELS = 15;

  @Parameters(paramLabel = "FILE", description = "A packed model.")
  private Path file;

  @Mixin private final ColorOption color = new ColorOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PackedModel model = PackedFiles.read(file);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s: %,d bytes, a %s, %,d parameters%n",
        file,
        Files.size(file),
        model.isGraph() ? "ComputationGraph" : "MultiLayerNetwork",
        model.tensors().stream().mapToLong(PackedTensor::length).sum());
    if (!model.labels().isEmpty()) {
      out.println("classes: " + String.join(", ", model.labels()));
    }
    model.imageInput().ifPresent(input -> print(input, out));
    print(model.activationRanges(), out);
    for (PackedTensor tensor : model.tensors()) {
      print(tensor, out);
    }
    out.flush();
    return 0;
  }

  private static void print(ImageInput input, PrintWriter out) {
    out.printf("images: %d×%d pixels (width × height)", input.width(), input.height());
    for (int c = 0; c < input.channels(); c++) {
      out.printf(
          Locale.ROOT,
          "%s mean %s deviation %s",
          c > 0 ? "," : ";",
          input.mean(c),
          input.deviation(c));
    }
    out.println();
  }

  private static void print(Map<String, ActivationRange> ranges, PrintWriter out) {
    if (!ranges.isEmpty()) {
      out.println("activations:");
    }
    ranges.forEach(
        (name, range) ->
            out.printf(Locale.ROOT, "  %s from %.6g to %.6g%n", name, range.min(), range.max()));
  }

  private void print(PackedTensor tensor, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%n%s: %s, %d bits, %,d bytes%n",
        TextTable.paint(
            color.ansi(), "bold", "layer " + tensor.layer() + ", " + tensor.parameter()),
        Arrays.stream(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining("×")),
        tensor.bits(),
        tensor.packedBytes());
    if (tensor.isQuantized()) {
      print(tensor.quantized(), out);
    } else {
      print("values", tensor.values(), out);
    }
  }

  private void print(QuantizedTensor tensor, PrintWriter out) {
    print(tensor.scale().length() == 1 ? "scale" : "scales", tensor.scale(), out);
    long[] histogram = tensor.histogram();
    out.printf("  %d of %d levels in use%n", tensor.levelsUsed(), histogram.length);
    if (histogram.length > MOST_LEVELS) {
      return;
    }
    long most = Arrays.stream(histogram).max().orElse(1);
    for (int i = 0; i < histogram.length; i++) {
      out.printf(
          Locale.ROOT,
          "  %3d %,12d %s%n",
          i - histogram.length / 2,
          histogram[i],
          TextTable.paint(
              color.ansi(),
              "cyan",
              "█".repeat((int) Math.ceil((double) BAR * histogram[i] / most))));
    }
  }

  private static void print(String what, INDArray values, PrintWriter out) {
    double smallest = values.minNumber().doubleValue();
    double largest = values.maxNumber().doubleValue();
    if (smallest == largest) {
      out.printf(Locale.ROOT, "  %s %.6g%n", what, smallest);
    } else {
      out.printf(Locale.ROOT, "  %s from %.6g to %.6g%n", what, smallest, largest);
    }
  }
}
