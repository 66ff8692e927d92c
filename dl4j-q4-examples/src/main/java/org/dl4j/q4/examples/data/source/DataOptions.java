package org.dl4j.q4.examples.data.source;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.cache.CifarCache;
import picocli.CommandLine.Option;

/** The options of the images to train on and to measure with, checked by {@link #validate()}. */
public final class DataOptions {

  /** The images to train on, and those to measure with. */
  public static final class Images {
    private final ImageSet train;
    private final ImageSet test;

    Images(ImageSet train, ImageSet test) {
      this.train = train;
      this.test = test;
    }

    /** The images to train on. */
    public ImageSet train() {
      return train;
    }

    /** The images to measure with. */
    public ImageSet test() {
      return test;
    }
  }

  @Option(
      names = "--data",
      description =
          "synthetic (default: images of 10 classes that this program draws), synthetic100 (of 100"
              + " classes), cifar10 or cifar100.")
  private DataName data = DataName.SYNTHETIC;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder of the images: train/ and test/ with a folder for each class, or the binary"
              + " batches, or a DL4J base folder; or a .tar.gz archive of the batches. By default"
              + " DL4J's cache folder, ~/.deeplearning4j. For drawn images: where they are kept.")
  private Path dataDir;

  @Option(
      names = "--download",
      description =
          "Download the published archive of cifar10 or cifar100 (170 MB) into DL4J's cache folder"
              + " if they are not there; an interrupted download is resumed.")
  private boolean download;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      description =
          "Hold out this share of the training images and report on it instead of the test images.")
  private double validation;

  @Option(
      names = "--train-limit",
      paramLabel = "N",
      description = "Use N training images, an equal share of each class.")
  private Integer trainLimit;

  @Option(
      names = "--test-limit",
      paramLabel = "N",
      description = "Use N test images, an equal share of each class.")
  private Integer testLimit;

  @Option(
      names = "--coarse",
      description =
          "The 20 coarse labels of cifar100 or synthetic100 instead of their 100 fine ones.")
  private boolean coarse;

  private final Supplier<CifarCache> cache;

  /** Of a command that looks for CIFAR images in DL4J's cache folder. */
  public DataOptions() {
    this(CifarCache::ofDl4j);
  }

  /**
   * @param cache asked for when CIFAR images are to be found there
   */
  DataOptions(Supplier<CifarCache> cache) {
    this.cache = cache;
  }

  /**
   * @throws IllegalArgumentException if a value is outside its range, saying which and why
   */
  public void validate() {
    require(
        validation >= 0 && validation < 1,
        "--validation must be a fraction of the training images, from 0 to below 1",
        validation);
    source(); // says what does not go together
    require(trainLimit == null || trainLimit >= 1, "--train-limit must be at least 1", trainLimit);
    require(testLimit == null || testLimit >= 1, "--test-limit must be at least 1", testLimit);
  }

  /**
   * @return whether this program draws the images itself
   */
  public boolean isSynthetic() {
    return data.isSynthetic();
  }

  /**
   * @return what the images are that accuracy is measured on: test or validation
   */
  public String testName() {
    return validation > 0 ? "validation" : "test";
  }

  /**
   * @return the data set, as {@code --data} names it
   */
  public String name() {
    return data.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the images, or draws them.
   *
   * @param drawn folder for drawn images, unless {@code --data-dir} names one
   * @param seed of drawn images, and of the choice of those held out
   * @return the images within the limits
   * @throws IOException if they cannot be read or kept
   */
  public Images images(Path drawn, long seed) throws IOException {
    ImageData read = source().read(drawn, seed);
    ImageSet train = read.train();
    ImageSet test = read.test();
    if (validation > 0) {
      ImageSet.Split split = train.split(validation, seed);
      train = split.train();
      test = split.validation();
    }
    return new Images(
        trainLimit == null ? train : train.limit(trainLimit),
        testLimit == null ? test : test.limit(testLimit));
  }

  private ImageSource source() {
    return new ImageSource(data, coarse, dataDir, download, cache);
  }
}
