package org.dl4j.q4.examples.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The training and the test images of a data set, which have the same classes. */
public final class ImageData {
  private final ImageSet train;
  private final ImageSet test;

  ImageData(ImageSet train, ImageSet test) {
    this.train = train;
    this.test = test;
  }

  /**
   * Reads a data set from a folder in the first of these layouts that it has:
   *
   * <ol>
   *   <li>the format's binary files, in the folder itself or in the subfolder that the published
   *       archive unpacks to, there or in {@code data};
   *   <li>{@code train/<class>/} and {@code test/<class>/} folders of 32×32 JPEG or PNG images, in
   *       the folder itself or in its {@code data/cifar10} or {@code data/cifar100}, as under
   *       DL4J's resources directory. Their names are free, their number is the format's.
   * </ol>
   *
   * @param format CIFAR-10, or CIFAR-100 and which of its labels
   * @throws ImageDataException if the folder has none of them, a file is damaged, or train and test
   *     differ in their classes
   */
  public static ImageData read(Path folder, CifarFormat format) throws IOException {
    return new DataFolder(folder, format).read();
  }

  /**
   * A {@linkplain SyntheticImages synthetic} data set, drawn on first use.
   *
   * @param cache folder that keeps it for the next time; made if there is none
   * @param format which classes
   * @throws IllegalArgumentException if there is less than an image for each class in either part
   */
  public static ImageData synthetic(
      Path cache, CifarFormat format, int trainImages, int testImages, long seed)
      throws IOException {
    Files.createDirectories(cache);
    return read(SyntheticImages.cached(cache, format, trainImages, testImages, seed), format);
  }

  /** The images to train on. */
  public ImageSet train() {
    return train;
  }

  /** The images to measure accuracy on. */
  public ImageSet test() {
    return test;
  }
}
