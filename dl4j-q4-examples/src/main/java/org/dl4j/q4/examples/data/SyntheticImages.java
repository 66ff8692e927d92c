package org.dl4j.q4.examples.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A synthetic image set in the binary CIFAR formats, for runs that need no download. It is drawn
 * from a seed: the same seed gives the same bytes on every machine.
 *
 * <p>Every image shows one of ten shapes at a random place, size and angle, with noise on every
 * pixel. A linear model on the pixels cannot tell the shapes apart, since place and polarity (light
 * on dark or dark on light) vary; a small convolutional network can.
 *
 * <ul>
 *   <li>CIFAR-10 format: the class is the shape; polarity and hue are random.
 *   <li>CIFAR-100 format: the fine class is the shape, the polarity and one of five hues. The
 *       coarse class is the shape and the polarity: fine label / 5.
 * </ul>
 *
 * <p>Every class has the same number of images, give or take one.
 */
public final class SyntheticImages {
  /** Training images of the default set. */
  public static final int TRAIN_IMAGES = 8_000;

  /** Test images of the default set. */
  public static final int TEST_IMAGES = 2_000;

  /** Part of a cached set's folder name. Raise it when the same seed gives other images. */
  private static final int VERSION = 1;

  private static final List<SyntheticShape> SHAPES = List.of(SyntheticShape.values());
  private static final List<String> HUE_NAMES = List.of("red", "yellow", "green", "blue", "purple");
  private static final List<String> POLARITIES = List.of("dark", "light");

  private SyntheticImages() {}

  /**
   * Writes a set into a folder, under the format's published file names. The folder appears when it
   * is complete: an interrupted run leaves no half of a set to be read.
   *
   * @param folder to be made; its parents are made too
   * @param format which classes and which binary format; fine and coarse give the same files
   * @throws IllegalArgumentException if there is less than an image for each class in either part
   * @throws java.nio.file.FileSystemException if the folder exists, unless it is empty
   */
  public static void write(
      Path folder, CifarFormat format, int trainImages, int testImages, long seed)
      throws IOException {
    CifarFormat finest = finest(format);
    if (Math.min(trainImages, testImages) < finest.classCount()) {
      throw new IllegalArgumentException(
          String.format(
              "Expected an image or more for each of %d classes, found %d training and %d test"
                  + " images",
              finest.classCount(), trainImages, testImages));
    }
    Path target = folder.toAbsolutePath();
    try (PartialFolder partial = PartialFolder.beside(target)) {
      for (CifarFormat labels : finest.labelFormats()) {
        Files.write(partial.path().resolve(labels.classNamesFile()), classNames(labels));
      }
      write(partial.path(), finest, finest.trainFileNames(), trainImages, Randoms.at(seed, 0));
      write(
          partial.path(), finest, List.of(finest.testFileName()), testImages, Randoms.at(seed, 1));
      partial.moveTo(target);
    }
  }

  /**
   * The folder of a set within a cache, written first unless it is there.
   *
   * @return holds the files of the format
   * @throws IllegalArgumentException as {@link #write}
   */
  public static Path cached(
      Path cache, CifarFormat format, int trainImages, int testImages, long seed)
      throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "synthetic-%s-v%d-train%d-test%d-seed%d",
            format.dataSet(),
            VERSION,
            trainImages,
            testImages,
            seed);
    Path folder = cache.resolve(name);
    if (!Files.isDirectory(folder)) {
      try {
        write(folder, format, trainImages, testImages, seed);
      } catch (IOException e) {
        // Another process may have been faster; the same name means the same bytes.
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    }
    return folder;
  }

  private static CifarFormat finest(CifarFormat format) {
    return format == CifarFormat.CIFAR100_COARSE ? CifarFormat.CIFAR100_FINE : format;
  }

  private static void write(
      Path folder, CifarFormat format, List<String> names, int images, SplittableRandom random)
      throws IOException {
    int[] labels = new int[images];
    for (int i = 0; i < images; i++) {
      labels[i] = i % format.classCount();
    }
    Randoms.shuffle(labels, random);
    int written = 0;
    for (int file = 0; file < names.size(); file++) {
      int end = (int) ((long) images * (file + 1) / names.size());
      Path path = folder.resolve(names.get(file));
      try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(path))) {
        for (; written < end; written++) {
          write(output, format, labels[written], random.split());
        }
      }
    }
  }

  private static void write(
      OutputStream output, CifarFormat format, int label, SplittableRandom random)
      throws IOException {
    int shape = label;
    boolean light = random.nextBoolean();
    int hue = random.nextInt(SyntheticPainter.HUES);
    if (format == CifarFormat.CIFAR100_FINE) {
      int coarse = label / SyntheticPainter.HUES;
      output.write(coarse);
      shape = coarse / POLARITIES.size();
      light = coarse % POLARITIES.size() == 1;
      hue = label % SyntheticPainter.HUES;
    }
    output.write(label);
    output.write(SyntheticPainter.paint(SHAPES.get(shape), light, hue, random));
  }

  /** The names of the classes, in the order of their labels. */
  public static List<String> classNames(CifarFormat format) {
    List<String> names = new ArrayList<>();
    for (SyntheticShape shape : SHAPES) {
      String shapeName = shape.name().toLowerCase(Locale.ROOT);
      if (format == CifarFormat.CIFAR10) {
        names.add(shapeName);
        continue;
      }
      for (String polarity : POLARITIES) {
        if (format == CifarFormat.CIFAR100_COARSE) {
          names.add(polarity + "_" + shapeName);
          continue;
        }
        for (String hue : HUE_NAMES) {
          names.add(polarity + "_" + hue + "_" + shapeName);
        }
      }
    }
    return names;
  }
}
