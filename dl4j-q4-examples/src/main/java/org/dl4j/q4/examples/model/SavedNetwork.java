package org.dl4j.q4.examples.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4j.q4.io.AtomicFile;
import org.dl4j.q4.packed.PackedModel;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.Quantizer;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * A network in a file: saved by DL4J's {@code ModelSerializer}, of either kind, or packed ({@code
 * .q4}).
 */
public final class SavedNetwork {

  private final Path file;
  private final boolean graph;

  /** Null for a file of DL4J's. */
  private final PackedModel packed;

  private SavedNetwork(Path file, boolean graph, PackedModel packed) {
    this.file = file;
    this.graph = graph;
    this.packed = packed;
  }

  /**
   * @param file a {@code MultiLayerNetwork}'s or a {@code ComputationGraph}'s, or a packed model's
   * @return the file, of which it is known that it holds one
   * @throws NetworkFileException if it is no such file, saying why
   */
  public static SavedNetwork open(Path file) throws NetworkFileException {
    if (!Files.isRegularFile(file)) {
      throw new NetworkFileException(file + ": expected a saved network, found no file");
    }
    PackedModel packed = packed(file);
    if (packed != null) {
      return new SavedNetwork(file, packed.isGraph(), packed);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(ModelSerializer.CONFIGURATION_JSON);
      if (entry == null) {
        throw new IOException("it holds no " + ModelSerializer.CONFIGURATION_JSON);
      }
      try (InputStream json = zip.getInputStream(entry)) {
        JsonNode configuration = new ObjectMapper().readTree(json);
        return new SavedNetwork(file, configuration.has("vertices"), null);
      }
    } catch (IOException e) {
      throw new NetworkFileException(
          file + ": expected a saved network: " + NetworkFileException.firstLine(e), e);
    }
  }

  private static PackedModel packed(Path file) throws NetworkFileException {
    try {
      return PackedModel.isPacked(file) ? PackedModel.read(file) : null;
    } catch (IOException e) {
      throw new NetworkFileException(NetworkFileException.firstLine(e), e); // names the file
    }
  }

  /**
   * @return the packed model, if it is a {@code .q4} file
   */
  public Optional<PackedModel> packed() {
    return Optional.ofNullable(packed);
  }

  /**
   * @return ranges of its activations, by places; none if it is no {@code .q4} file, or was not
   *     calibrated
   */
  public Map<String, ActivationRange> activationRanges() {
    return packed == null ? Map.of() : packed.activationRanges();
  }

  /**
   * @param file a {@code MultiLayerNetwork}'s or a {@code ComputationGraph}'s
   * @return its network, without updater state
   * @throws NetworkFileException if it is no such file, saying why
   */
  public static ImageNetwork read(Path file) throws NetworkFileException {
    return ImageNetwork.of(open(file).network(false));
  }

  /**
   * @param updater whether with the updater's state, where the file has one
   * @return the network
   * @throws NetworkFileException if a part of it cannot be read
   */
  public Model network(boolean updater) throws NetworkFileException {
    try {
      Model network = packed != null ? packed.network() : restored(updater);
      if (network.params() != null) {
        Quantizer.requireFinite(network.params(), () -> "its parameters");
      }
      return network;
    } catch (IOException | RuntimeException e) { // DL4J checks little and throws what comes
      throw new NetworkFileException(
          file + ": the network in it cannot be read: " + NetworkFileException.firstLine(e), e);
    }
  }

  private Model restored(boolean updater) throws IOException {
    return graph
        ? ModelSerializer.restoreComputationGraph(file.toFile(), updater)
        : ModelSerializer.restoreMultiLayerNetwork(file.toFile(), updater);
  }

  /**
   * Saves another network with the normalizer of this file, where it has one.
   *
   * @param network of either kind; its updater's state is saved, too
   * @param out replaced if it is there
   * @throws IOException if it cannot be written, or the normalizer cannot be read
   */
  public void writeAs(Model network, Path out) throws IOException {
    Normalizer<?> normalizer =
        packed != null ? null : ModelSerializer.restoreNormalizerFromFile(file.toFile());
    AtomicFile.write(
        out.toAbsolutePath(),
        part -> {
          ModelSerializer.writeModel(network, part.toFile(), true);
          if (normalizer != null) { // writeModel's own parameter for it fails on a closed stream
            ModelSerializer.addNormalizerToModel(part.toFile(), normalizer);
          }
        });
  }
}
