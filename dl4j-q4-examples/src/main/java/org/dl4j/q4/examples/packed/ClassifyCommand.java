package org.dl4j.q4.examples.packed;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dl4j.q4.examples.model.NetworkFileException;
import org.dl4j.q4.examples.model.SavedNetwork;
import org.dl4j.q4.examples.predict.EngineOptions;
import org.dl4j.q4.examples.predict.Predictor;
import org.dl4j.q4.packed.ImageInput;
import org.dl4j.q4.packed.PackedModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code q4 classify}. */
@Command(
    name = "classify",
    description =
        "What a packed model (.q4) sees in images of any size: the five most probable classes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ClassifyCommand implements Callable<Integer> {

  private static final int MOST_PROBABLE = 5;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A packed model.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Image files, such as PNG or JPEG; scaled to the model's size.")
  private List<Path> images;

  @Mixin private final EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try {
      engine.validate();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    SavedNetwork saved = SavedNetwork.open(file);
    PackedModel model = PackedFiles.packed(saved, file);
    ImageInput input =
        model
            .imageInput()
            .orElseThrow(
                () ->
                    new NetworkFileException(
                        file + ": it does not say how images become its input; see export --data"));
    PrintWriter out = spec.commandLine().getOut();
    try (Predictor predictor =
        engine.predictor(file, saved.network(false), saved.activationRanges())) {
      if (engine.isEngine()) {
        out.println("on " + predictor.describe());
      }
      for (Path image : images) {
        INDArray probabilities = output(predictor, ImageFile.read(image, input));
        print(image, probabilities.toDoubleVector(), model.labels(), out);
      }
    }
    return 0;
  }

  private INDArray output(Predictor network, INDArray image) throws NetworkFileException {
    INDArray probabilities;
    try {
      probabilities = network.output(image);
    } catch (RuntimeException e) { // Deeplearning4j's, of many kinds
      throw new NetworkFileException(
          file
              + ": the network does not take the images that the file speaks of: "
              + e.getMessage(),
          e);
    }
    if (probabilities.rank() != 2) {
      throw new NetworkFileException(file + ": its output is no row of probabilities");
    }
    return probabilities;
  }

  private static void print(
      Path image, double[] probabilities, List<String> labels, PrintWriter out) {
    out.println(image);
    List<Integer> order =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
            .limit(MOST_PROBABLE)
            .collect(Collectors.toList());
    for (int i : order) {
      out.printf(
          Locale.ROOT,
          "  %6.2f %% %s%n",
          100 * probabilities[i],
          i < labels.size() ? labels.get(i) : "class " + i);
    }
    out.flush();
  }
}
