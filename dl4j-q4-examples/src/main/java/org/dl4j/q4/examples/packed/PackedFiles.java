package org.dl4j.q4.examples.packed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.data.source.DataName;
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
    return SavedNetwork.open(file)
        .packed()
        .orElseThrow(
            () ->
                new NetworkFileException(
                    file
                        + ": expected a packed model (.q4), found a zip of Deeplearning4j's;"
                        + " 'q4.jar export' packs it"));
  }

  /**
   * What a model's images are goes along with it.
   *
   * @param model packed from {@code in}
   * @param in the file of its network; what {@code options.txt} beside it says of images is taken
   *     where nothing is given
   * @param data the images that it was trained on; null if that is not given
   * @param coarse whether its classes are the coarse ones
   * @return the model with class names, size and normalization, where the images are known
   * @throws IOException if {@code options.txt} cannot be read
   */
  public static PackedModel describe(PackedModel model, Path in, DataName data, boolean coarse)
      throws IOException {
    if (data != null) {
      return describe(model, data, coarse);
    }
    Path options = in.toAbsolutePath().resolveSibling(OptionsFile.NAME);
    if (!Files.exists(options)) {
      return model;
    }
    Map<String, String> values = OptionsFile.read(options);
    String name = values.getOrDefault("--data", "");
    try {
      return describe(
          model, DataName.valueOf(name.toUpperCase(Locale.ROOT)), values.containsKey("--coarse"));
    } catch (IllegalArgumentException e) {
      throw new IOException(options + ": --data names no images that are known: " + name, e);
    }
  }

  private static PackedModel describe(PackedModel model, DataName data, boolean coarse) {
    return model
        .withLabels(data.classNames(coarse))
        .withImageInput(
            new ImageInput(
                CifarFormat.IMAGE_SIZE,
                CifarFormat.IMAGE_SIZE,
                Normalization.CIFAR.mean(),
                Normalization.CIFAR.std()));
  }
}
