package org.dl4j.q4.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.SyntheticImages;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The examples' options for images: a folder of them, or else images that the program draws. */
final class ExampleImages {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description =
          "Folder of the images: the binary batches, or train/ and test/ with class folders."
              + " Without one, the example draws images.")
  private Path folder;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Use N training images and at most N test images, an equal share of each class.")
  private Integer limit;

  @Option(
      names = "--drawn",
      paramLabel = "DIR",
      description = "Where drawn images are kept: ${DEFAULT-VALUE} by default.")
  private Path drawn = Path.of("q4-out", "synthetic");

  /** The images of the folder if there is one, else drawn ones with the classes of the format. */
  ImageData read(CifarFormat format) throws IOException {
    return folder == null ? draw(format) : ImageData.read(folder, format);
  }

  /** Drawn images with the classes of the format. */
  ImageData draw(CifarFormat format) throws IOException {
    return ImageData.synthetic(
        drawn, format, SyntheticImages.TRAIN_IMAGES, SyntheticImages.TEST_IMAGES, 1);
  }

  /** As many of the training images as the options say. */
  ImageSet train(ImageData data) {
    return limit == null ? data.train() : data.train().limit(limit);
  }

  /** As many of the test images as the options say. */
  ImageSet test(ImageData data) {
    return limit == null ? data.test() : data.test().limit(Math.min(limit, data.test().size()));
  }
}
