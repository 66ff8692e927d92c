package org.dl4j.q4.examples.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.split.InputSplit;

/** Finds out which layout a folder of images has, and reads it. */
final class DataFolder {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final int ENTRIES_IN_MESSAGE = 10;

  private final Path folder;
  private final CifarFormat format;

  DataFolder(Path folder, CifarFormat format) {
    this.folder = folder;
    this.format = format;
  }

  ImageData read() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ImageDataException(
          folder
              + ": expected a folder of images, found "
              + (Files.exists(folder) ? "a file" : "nothing"));
    }
    for (Path place :
        List.of(
            folder,
            folder.resolve(format.folderName()),
            folder.resolve("data").resolve(format.folderName()))) {
      if (hasBinaryFile(place)) {
        return readBinary(place);
      }
    }
    for (Path place : List.of(folder, folder.resolve("data").resolve(format.dataSet()))) {
      if (Files.isDirectory(place.resolve(TRAIN)) && Files.isDirectory(place.resolve(TEST))) {
        return readClassFolders(place);
      }
    }
    throw new ImageDataException(
        String.format(
            "%s: expected the files %s and %s, there or in %s/ or data/%s/, or class folders of"
                + " images in %s/ and %s/, there or in data/%s/; found %s",
            folder,
            String.join(", ", format.trainFileNames()),
            format.testFileName(),
            format.folderName(),
            format.folderName(),
            TRAIN,
            TEST,
            format.dataSet(),
            entries()));
  }

  /** One is enough to choose the layout: the message about the others is more helpful then. */
  private boolean hasBinaryFile(Path place) {
    return Files.exists(place.resolve(format.testFileName()))
        || format.trainFileNames().stream().anyMatch(name -> Files.exists(place.resolve(name)));
  }

  private ImageData readBinary(Path place) throws IOException {
    return read(
        new CifarRecordReader(format),
        split(format.trainFiles(place)),
        new CifarRecordReader(format),
        split(List.of(format.testFile(place))));
  }

  private static InputSplit split(List<Path> files) {
    return new CollectionInputSplit(
        files.stream().map(Path::toUri).collect(Collectors.toUnmodifiableList()));
  }

  private ImageData readClassFolders(Path place) throws IOException {
    return read(
        new ImageFolderRecordReader(),
        new FileSplit(place.resolve(TRAIN).toFile()),
        new ImageFolderRecordReader(),
        new FileSplit(place.resolve(TEST).toFile()));
  }

  private ImageData read(
      RecordReader train, InputSplit trainSplit, RecordReader test, InputSplit testSplit)
      throws IOException {
    try (train;
        test) {
      train.initialize(trainSplit);
      test.initialize(testSplit);
      // Before any image is decoded: the user need not wait for the error.
      checkClasses(train.getLabels(), test.getLabels());
      return new ImageData(ImageSet.read(train), ImageSet.read(test));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while opening the images of " + folder);
    }
  }

  private void checkClasses(List<String> train, List<String> test) {
    if (train.size() != format.classCount()) {
      throw new ImageDataException(
          String.format(
              "%s: expected training images of %d classes for %s, found %d: %s",
              folder, format.classCount(), format, train.size(), train));
    }
    if (!test.equals(train)) {
      throw new ImageDataException(
          String.format(
              "%s: expected test images of the training images' classes %s, found %s",
              folder, train, test));
    }
  }

  private String entries() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      List<String> names =
          list.map(entry -> entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
              .sorted()
              .collect(Collectors.toUnmodifiableList());
      if (names.isEmpty()) {
        return "an empty folder";
      }
      String first = names.stream().limit(ENTRIES_IN_MESSAGE).collect(Collectors.joining(", "));
      int more = names.size() - ENTRIES_IN_MESSAGE;
      return more > 0 ? first + " and " + more + " more" : first;
    }
  }
}
