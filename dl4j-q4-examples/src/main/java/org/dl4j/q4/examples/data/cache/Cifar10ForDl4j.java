package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datavec.api.split.FileSplit;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageDataException;
import org.dl4j.q4.examples.data.ImageFolderRecordReader;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.PartialFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes DL4J's own {@code Cifar10DataSetIterator} work, whose download is no longer offered:
 *
 * <pre>{@code
 * Cifar10ForDl4j.prepare(Path.of("cifar-10-binary.tar.gz"));
 * DataSetIterator train = new Cifar10DataSetIterator(128);
 * DataSetIterator test = new Cifar10DataSetIterator(128, DataSetType.TEST);
 * }</pre>
 *
 * <p>The iterator reads {@code data/cifar10/{train,test}/<class>/<image>} under DL4J's base
 * directory, and {@code labels.txt} beside them for {@code getLabels(false)}. It takes whatever
 * lies there, however incomplete; so the folder gets its name when it is complete, and what has the
 * name already is compared image by image.
 */
public final class Cifar10ForDl4j {
  private static final Logger LOG = LoggerFactory.getLogger(Cifar10ForDl4j.class);
  private static final CifarFormat FORMAT = CifarFormat.CIFAR10;
  private static final String LABELS = "labels.txt";
  private static final List<String> PARTS = List.of("train", "test");

  private final CifarCache cache;
  private final Path target;

  Cifar10ForDl4j(CifarCache cache) {
    this.cache = cache;
    target = cache.dl4jFolder(FORMAT);
  }

  /**
   * Writes the images as PNG files where DL4J's iterator looks for them. If they are there, nothing
   * is written; if a part of them is there and nothing else, it is replaced.
   *
   * @param archiveOrFolder the published {@code cifar-10-binary.tar.gz}, or a folder as for {@link
   *     ImageData#read}: the binary batches, or train and test with class folders
   * @return the folder that the iterator reads
   * @throws ImageDataException if the images cannot be read, or the folder holds anything else; it
   *     is then left as it is
   */
  public static Path prepare(Path archiveOrFolder) throws IOException {
    return new Cifar10ForDl4j(CifarCache.ofDl4j()).write(archiveOrFolder);
  }

  Path write(Path archiveOrFolder) throws IOException {
    Path folder =
        Files.isRegularFile(archiveOrFolder)
            ? cache.unpack(archiveOrFolder, FORMAT)
            : archiveOrFolder;
    ImageData images = ImageData.read(folder, FORMAT);
    try (CacheLock lock = CacheLock.take(cache.folder(), FORMAT.dataSet())) {
      PartialFolder.deleteLeftOvers(target);
      if (!isComplete(images)) {
        write(images);
      } else if (!Files.exists(target.resolve(LABELS))) {
        Path part = target.resolve(LABELS + ".part");
        writeLabels(images, part);
        Files.move(part, target.resolve(LABELS), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return target;
  }

  private void write(ImageData images) throws IOException {
    LOG.info("Writing {} images into {}", images.train().size() + images.test().size(), target);
    try (PartialFolder partial = PartialFolder.beside(target)) {
      for (String part : PARTS) {
        Path folder = Files.createDirectory(partial.path().resolve(part));
        new ClassFolderWriter(part(images, part)).write(folder);
      }
      writeLabels(images, partial.path().resolve(LABELS));
      if (Files.exists(target)) {
        partial.replace(target);
      } else {
        partial.moveTo(target);
      }
    }
  }

  /** One column is the folder's name, the other what a human reads. */
  private static void writeLabels(ImageData images, Path file) throws IOException {
    Files.write(
        file,
        images.train().classNames().stream()
            .map(name -> name + "\t" + name)
            .collect(Collectors.toUnmodifiableList()));
  }

  private static ImageSet part(ImageData images, String part) {
    return part.equals("train") ? images.train() : images.test();
  }

  /**
   * Whether all of the images are there.
   *
   * @throws ImageDataException if anything but these images is there
   */
  private boolean isComplete(ImageData images) throws IOException {
    if (!Files.exists(target)) {
      return false;
    }
    refuseOthers(target, Set.of(PARTS.get(0), PARTS.get(1), LABELS, LABELS + ".part"));
    boolean complete = true;
    for (String part : PARTS) {
      complete &= isComplete(target.resolve(part), part(images, part));
    }
    return complete;
  }

  private boolean isComplete(Path folder, ImageSet images) throws IOException {
    int files = files(folder);
    if (files == 0) {
      return false;
    }
    ImageSet found = read(folder);
    ImageBag missing = new ImageBag(images);
    int foreign = missing.removeAll(found) + files - found.size();
    if (foreign > 0) {
      throw new ImageDataException(
          String.format(
              "%s: expected images of the data set to prepare, and nothing else, found %d other"
                  + " files among %d. Move or delete %s to have it written anew",
              folder, foreign, files, target));
    }
    return missing.size() == 0;
  }

  private void refuseOthers(Path folder, Set<String> known) throws IOException {
    List<String> others = new ArrayList<>();
    try (Stream<Path> list = Files.list(folder)) {
      list.map(entry -> entry.getFileName().toString())
          .filter(name -> !known.contains(name))
          .sorted()
          .forEach(others::add);
    }
    if (!others.isEmpty()) {
      throw new ImageDataException(
          String.format(
              "%s: expected %s, found %s, too. Move or delete it to have the folder written anew",
              folder, String.join("/, ", PARTS) + "/ and " + LABELS, others));
    }
  }

  private static int files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return (int) walk.filter(Files::isRegularFile).count();
    }
  }

  private static ImageSet read(Path folder) throws IOException {
    try (ImageFolderRecordReader reader = new ImageFolderRecordReader()) {
      reader.initialize(new FileSplit(folder.toFile()));
      return ImageSet.read(reader);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while reading the images of " + folder);
    }
  }
}
