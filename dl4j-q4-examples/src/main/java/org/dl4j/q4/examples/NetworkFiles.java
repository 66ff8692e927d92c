package org.dl4j.q4.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.io.AtomicFile;

/** Saves networks so that a file of that name is the old one or the new one, never a part. */
final class NetworkFiles {

  private NetworkFiles() {}

  /**
   * Saves a network with its updater's state, as {@link MultiLayerNetwork#save} does. Its listeners
   * are not saved.
   *
   * @param file the zip; its folder is made if there is none
   */
  static void save(MultiLayerNetwork network, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    AtomicFile.write(target, part -> network.save(part.toFile(), true));
  }
}
