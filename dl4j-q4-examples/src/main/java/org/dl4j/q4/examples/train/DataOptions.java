package org.dl4j.q4.examples.train;

import static org.dl4j.q4.examples.model.ModelOptions.require;

import java.io.IOException;
import java.nio.file.Path;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.SyntheticImages;
import picocli.CommandLine.Option;

/** The options of the images to train on and to measure with, checked by {@link #validate()}. */
final class DataOptions {

  /** The images to train on, and those to measure with. */
  static final class Images {
    final ImageSet train;
    final ImageSet test;

    Images(ImageSet train, ImageSet test) {
      this.train = train;
      this.test = test;
    }
  }

  @Option(
      names = "--data",
      description =
          "synthetic (default: images of 10 classes that this program draws), cifar10 or cifar100.")
  private DataName data = DataName.SYNTHETIC;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder of the images: train/ and test/ with a folder for each class, or the binary"
              + " batches, or a DL4J base folder. For synthetic: where the drawn images are kept.")
  private Path dataDir;

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
      description = "CIFAR-100 with its 20 coarse labels instead of its 100 fine ones.")
  private boolean coarse;

  /**
   * @throws IllegalArgumentException if a value is outside its range, saying which and why
   */
  void validate() {
    require(
        validation >= 0 && validation < 1,
        "--validation must be a fraction of the training images, from 0 to below 1",
        validation);
    require(data == DataName.CIFAR100 || !coarse, "--coarse needs --data cifar100", data);
    require(
        isSynthetic() || dataDir != null,
        "--data cifar10 and cifar100 need --data-dir, the folder of the images",
        "none");
    require(trainLimit == null || trainLimit >= 1, "--train-limit must be at least 1", trainLimit);
    require(testLimit == null || testLimit >= 1, "--test-limit must be at least 1", testLimit);
  }

  /**
   * @return whether this program draws the images itself
   */
  boolean isSynthetic() {
    return data == DataName.SYNTHETIC;
  }

  /**
   * @return what the images are that accuracy is measured on: test or validation
   */
  String testName() {
    return validation > 0 ? "validation" : "test";
  }

  /**
   * Reads the images, or draws them.
   *
   * @param drawn folder for drawn images, unless {@code --data-dir} names one
   * @param seed of drawn images, and of the choice of those held out
   * @return the images within the limits
   * @throws IOException if they cannot be read or kept
   */
  Images images(Path drawn, long seed) throws IOException {
    ImageData read = read(drawn, seed);
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

  private ImageData read(Path drawn, long seed) throws IOException {
    switch (data) {
      case CIFAR10:
        return ImageData.read(dataDir, CifarFormat.CIFAR10);
      case CIFAR100:
        return ImageData.read(
            dataDir, coarse ? CifarFormat.CIFAR100_COARSE : CifarFormat.CIFAR100_FINE);
      default:
        return ImageData.synthetic(
            dataDir != null ? dataDir : drawn,
            CifarFormat.CIFAR10,
            SyntheticImages.TRAIN_IMAGES,
            SyntheticImages.TEST_IMAGES,
            seed);
    }
  }
}
