package org.dl4j.q4.examples.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The binary CIFAR formats, and which of a record's labels is read.
 *
 * <p>A file is records without a header. A record is its label bytes and then 3,072 pixel bytes:
 * the red, green and blue plane of a 32×32 image, each row-major. CIFAR-10 has one label byte (0 to
 * 9), CIFAR-100 two: the coarse label (0 to 19), then the fine one (0 to 99).
 *
 * <p>Only the file names are fixed. A file holds any positive number of records, and the names of
 * the classes are read from the text file beside it where there is one.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">The CIFAR-10 and CIFAR-100 data
 *     sets</a>
 */
public enum CifarFormat {
  /** CIFAR-10: ten classes. */
  CIFAR10("cifar10", "batches.meta.txt"),
  /** CIFAR-100 with its hundred fine labels. */
  CIFAR100_FINE("cifar100", "fine_label_names.txt"),
  /** CIFAR-100 with its twenty coarse labels, five fine ones in each. */
  CIFAR100_COARSE("cifar100", "coarse_label_names.txt");

  /** Height and width of an image, in pixels. */
  public static final int IMAGE_SIZE = 32;

  static final int PIXEL_BYTES = LabelledImage.CHANNELS * IMAGE_SIZE * IMAGE_SIZE;

  private final String dataSet;
  private final String classNamesFile;

  CifarFormat(String dataSet, String classNamesFile) {
    this.dataSet = dataSet;
    this.classNamesFile = classNamesFile;
  }

  /** {@code cifar10} or {@code cifar100}: both label kinds of CIFAR-100 read the same files. */
  public String dataSet() {
    return dataSet;
  }

  /** The number of different labels. */
  public int classCount() {
    return publishedClassNames().size();
  }

  /** The names of the classes, in the order of their labels in the published files. */
  public List<String> publishedClassNames() {
    switch (this) {
      case CIFAR10:
        return CifarClassNames.CIFAR10;
      case CIFAR100_FINE:
        return CifarClassNames.CIFAR100_FINE;
      case CIFAR100_COARSE:
        return CifarClassNames.CIFAR100_COARSE;
    }
    throw new AssertionError(this);
  }

  /** The formats whose labels the record's label bytes hold, in the order of the bytes. */
  public List<CifarFormat> labelFormats() {
    return this == CIFAR10 ? List.of(CIFAR10) : List.of(CIFAR100_COARSE, CIFAR100_FINE);
  }

  /** Length of a record: its label bytes and 3,072 pixels. */
  public int recordBytes() {
    return labelFormats().size() + PIXEL_BYTES;
  }

  /** The folder that the published archive unpacks to. */
  public String folderName() {
    return this == CIFAR10 ? "cifar-10-batches-bin" : "cifar-100-binary";
  }

  /** The names of the published training files. */
  public List<String> trainFileNames() {
    return this == CIFAR10
        ? List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin")
        : List.of("train.bin");
  }

  /** The name of the published test file. */
  public String testFileName() {
    return this == CIFAR10 ? "test_batch.bin" : "test.bin";
  }

  /**
   * The training files in a folder.
   *
   * @throws ImageDataException if one of them is missing
   */
  public List<Path> trainFiles(Path folder) {
    List<Path> files = new ArrayList<>();
    for (String name : trainFileNames()) {
      files.add(existing(folder.resolve(name)));
    }
    return files;
  }

  /**
   * The test file in a folder.
   *
   * @throws ImageDataException if it is missing
   */
  public Path testFile(Path folder) {
    return existing(folder.resolve(testFileName()));
  }

  private Path existing(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ImageDataException(
          file + ": expected a file of the " + dataSet + " binary format, found none");
    }
    return file;
  }

  /** The text file beside the records that names the classes, a line each. */
  public String classNamesFile() {
    return classNamesFile;
  }

  /**
   * The names of the classes in the order of their labels: those of the folder's own list, or the
   * published ones if the folder has none.
   *
   * @throws ImageDataException if the list does not have a name for each class
   */
  public List<String> classNames(Path folder) throws IOException {
    Path file = folder.resolve(classNamesFile);
    if (!Files.exists(file)) {
      return publishedClassNames();
    }
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        names.add(line.strip());
      }
    }
    if (names.size() != classCount()) {
      throw new ImageDataException(
          file + ": expected " + classCount() + " class names, found " + names.size());
    }
    return List.copyOf(names);
  }

  /**
   * The image of a record, and its label of this format's kind.
   *
   * @param file where the record was read, and {@code index} which record of the file it is, for
   *     the message of an error
   */
  LabelledImage decode(byte[] record, Path file, long index) {
    if (record.length != recordBytes()) {
      throw new ImageDataException(
          String.format(
              "%s: expected %d bytes for record %d at offset %d, found %d",
              file, recordBytes(), index, index * recordBytes(), record.length));
    }
    List<CifarFormat> labelFormats = labelFormats();
    for (int i = 0; i < labelFormats.size(); i++) {
      int label = Byte.toUnsignedInt(record[i]);
      int classes = labelFormats.get(i).classCount();
      if (label >= classes) {
        throw new ImageDataException(
            String.format(
                "%s: expected a label from 0 to %d at offset %d (record %d), found %d",
                file, classes - 1, index * recordBytes() + i, index, label));
      }
    }
    byte[] pixels = Arrays.copyOfRange(record, labelFormats.size(), record.length);
    int label = Byte.toUnsignedInt(record[labelFormats.indexOf(this)]);
    return new LabelledImage(IMAGE_SIZE, IMAGE_SIZE, pixels, label);
  }
}
