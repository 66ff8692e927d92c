package org.dl4j.q4.examples.packed;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.data.source.DataName;
import org.dl4j.q4.examples.data.source.ImageSource;
import org.dl4j.q4.infer.Calibration;
import org.dl4j.q4.infer.InferencePlan;
import org.dl4j.q4.quant.ActivationRange;
import picocli.CommandLine.Option;

/** The options of {@code export} that measure ranges of activations. */
final class CalibrationOptions {

  private static final int BATCH = 250;

  @Option(
      names = "--calibrate",
      paramLabel = "N",
      description =
          "Measure between which values activations lie, on N training images of --data, an equal"
              + " share of each class, neither cropped nor flipped; the file then serves evaluate and"
              + " classify with --engine integers.")
  private Integer images;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "With --calibrate: folder or archive of the images, as evaluate takes it.")
  private Path dataDir;

  @Option(
      names = "--download",
      description = "With --calibrate: download the images into DL4J's cache folder, as evaluate.")
  private boolean download;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "With --calibrate: of drawn images, 1 by default.")
  private Long seed;

  /** Null if nothing is to be calibrated. */
  private ImageSource source;

  private String dataName;

  /**
   * @param data the images that the user named; null if none
   * @param coarse whether their classes are the coarse ones
   * @throws IllegalArgumentException if options do not go together, saying which
   */
  void validate(DataName data, boolean coarse) {
    require(images != null || dataDir == null, "--data-dir needs --calibrate", "none");
    require(images != null || !download, "--download needs --calibrate", "none");
    require(images != null || seed == null, "--seed needs --calibrate", "none");
    if (images != null) {
      require(images >= 1, "--calibrate must be at least 1 image", images);
      require(data != null, "--calibrate needs --data, the images to calibrate with", "none");
      source = new ImageSource(data, coarse, dataDir, download);
      dataName = data.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @return whether ranges are to be measured
   */
  boolean areGiven() {
    return source != null;
  }

  /**
   * @param network to calibrate
   * @param drawn folder for drawn images
   * @return the ranges of its activations
   * @throws IOException if there are no such images
   * @throws IllegalArgumentException if the network is of a kind that engines do not have, or does
   *     not take the images
   */
  Map<String, ActivationRange> ranges(Model network, Path drawn) throws IOException {
    InferencePlan.of(network); // says why there is none before images are looked for
    ImageSet chosen;
    try {
      chosen = source.read(drawn, seed == null ? 1 : seed).train().limit(images);
    } catch (IllegalArgumentException e) {
      throw new IOException("--calibrate " + images + ": " + e.getMessage(), e);
    }
    try {
      return Calibration.ranges(
          network,
          ImageSetIterator.evaluation(chosen, BATCH, Normalization.CIFAR),
          (images + BATCH - 1) / BATCH);
    } catch (RuntimeException e) { // Deeplearning4j's, of many kinds
      throw new IllegalArgumentException(
          "The network cannot be calibrated with the images of "
              + dataName
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  /**
   * @param ranges as measured
   * @return what was done, for people
   */
  String describe(Map<String, ActivationRange> ranges) {
    return String.format(
        Locale.ROOT,
        "ranges of activations at %d places, from %,d training images of %s",
        ranges.size(),
        images,
        dataName);
  }
}
