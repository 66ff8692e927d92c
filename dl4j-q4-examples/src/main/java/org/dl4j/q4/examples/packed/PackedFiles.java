package org.dl4j.q4.examples.packed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.data.source.DataName;
import org.dl4j.q4.examples.model.ImageNetwork;
import org.dl4j.q4.examples.model.NetworkFileException;
import org.dl4j.q4.examples.model.SavedNetwork;
import org.dl4j.q4.examples.train.OptionsFile;
import org.dl4j.q4.packed.ImageInput;
import org.dl4j.q4.packed.PackedModel;

/** Packed models by the name of their file. */
public final class PackedFiles {

  private PackedFiles() {}

  /**
   * @param file a packed model
   * @return what is in it
   * @throws NetworkFileException if it is none, saying why
   */
  static PackedModel read(Path file) throws IOException {
    return packed(SavedNetwork.open(file), file);
  }

  /**
   * @param saved the network in a file
   * @param file the file
   * @return the packed model that it is
   * @throws NetworkFileException if it is none
   */
  static PackedModel packed(SavedNetwork saved, Path file) throws NetworkFileException {
    return saved
        .packed()
        .orElseThrow(
            () ->
                new NetworkFileException(
                    file
                        + ": expected a packed model (.q4), found a zip of Deeplearning4j's;"
                        + " 'q4.jar export' packs it"));
  }

  /**
   * Packs a network; what its images are goes along, where that is known, and so do ranges of
   * activations.
   *
   * @param network to pack
   * @param saved where it is from
   * @param file of that; what {@code options.txt} beside it says of images is taken where nothing
   *     is given, and the file is not packed itself
   * @param data the images that it was trained on; null if that is not given
   * @param coarse whether its classes are the coarse ones
   * @return the model with class names, size and normalization, where the images are known
   * @throws IOException if {@code options.txt} cannot be read
   * @throws IllegalArgumentException if the network has other than these classes, or cannot be
   *     packed
   */
  public static PackedModel pack(
      Model network, SavedNetwork saved, Path file, DataName data, boolean coarse)
      throws IOException {
    PackedModel model = PackedModel.of(network).withActivationRanges(saved.activationRanges());
    if (data != null) {
      return describe(model, network, data, coarse);
    }
    if (saved.packed().isPresent()) {
      PackedModel before = saved.packed().get();
      return before
          .imageInput()
          .map(model::withImageInput)
          .orElse(model)
          .withLabels(before.labels());
    }
    Path options = file.toAbsolutePath().resolveSibling(OptionsFile.NAME);
    if (!Files.exists(options)) {
      return model;
    }
    Map<String, String> values = OptionsFile.read(options);
    String name = values.getOrDefault("--data", "").toUpperCase(Locale.ROOT);
    return Arrays.stream(DataName.values()).anyMatch(known -> known.name().equals(name))
        ? describe(model, network, DataName.valueOf(name), values.containsKey("--coarse"))
        : model; // not a run's
  }

  private static PackedModel describe(
      PackedModel model, Model network, DataName data, boolean coarse) {
    List<String> names = data.classNames(coarse);
    Object output = ImageNetwork.of(network).outputLayer().conf().getLayer();
    long outputs = output instanceof FeedForwardLayer ? ((FeedForwardLayer) output).getNOut() : 0;
    if (outputs != names.size()) {
      throw new IllegalArgumentException(
          String.format(
              "Expected a network of the %d classes of %s, found one of %d outputs",
              names.size(), data.name().toLowerCase(Locale.ROOT), outputs));
    }
    return model
        .withLabels(names)
        .withImageInput(
            new ImageInput(
                CifarFormat.IMAGE_SIZE,
                CifarFormat.IMAGE_SIZE,
                Normalization.CIFAR.mean(),
                Normalization.CIFAR.std()));
  }
}
