package org.dl4j.q4.examples.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** A network saved by DL4J's {@code ModelSerializer}, of either kind. */
public final class SavedNetwork {

  private SavedNetwork() {}

  /**
   * @param file a {@code MultiLayerNetwork}'s or a {@code ComputationGraph}'s
   * @return it
   * @throws IOException if it is no such file
   */
  public static ImageNetwork read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": expected a saved network, found no file");
    }
    try {
      return isGraph(file)
          ? new ImageNetwork(ModelSerializer.restoreComputationGraph(file.toFile(), false))
          : new ImageNetwork(ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false));
    } catch (ZipException e) {
      throw new IOException(file + ": expected a saved network: " + e.getMessage(), e);
    }
  }

  private static boolean isGraph(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(ModelSerializer.CONFIGURATION_JSON);
      if (entry == null) {
        throw new ZipException("it holds no " + ModelSerializer.CONFIGURATION_JSON);
      }
      try (InputStream json = zip.getInputStream(entry)) {
        JsonNode configuration = new ObjectMapper().readTree(json);
        return configuration.has("vertices");
      }
    }
  }
}
