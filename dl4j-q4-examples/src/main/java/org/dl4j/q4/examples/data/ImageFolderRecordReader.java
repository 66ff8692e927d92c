package org.dl4j.q4.examples.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataURI;
import org.datavec.api.split.FileSplit;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Writable;

/**
 * Reads a folder that holds a folder of JPEG or PNG images for each class ({@code
 * <class>/<image>.jpg}, {@code .jpeg} or {@code .png}) as DataVec records: an {@code
 * NDArrayWritable} of type UINT8 and shape [3, height, width] in RGB, and the label as an {@code
 * IntWritable}.
 *
 * <p>Labels number the class folders in alphabetical order. Images come in the order of their
 * class, then of their file name, whatever order the file system lists them in. Hidden files and
 * folders, and files with another ending, are passed over.
 *
 * <p>Every image must have the size asked for: nothing is scaled. An image that cannot be read, or
 * is of another size, is an {@link ImageDataException} naming it, when its turn comes.
 *
 * <p>DataVec's own {@code ImageRecordReader} does the same for any size of image with OpenCV, and
 * gives BGR floats.
 */
public final class ImageFolderRecordReader extends AbstractImageRecordReader {
  private static final List<String> SUFFIXES = List.of(".jpg", ".jpeg", ".png");

  private final int height;
  private final int width;
  private final ImageDecoder decoder;
  // Of a FileSplit; null for a split of chosen files.
  private Path root;
  private List<Path> images = List.of();
  private int position;

  /** For images of 32×32 pixels. */
  public ImageFolderRecordReader() {
    this(CifarFormat.IMAGE_SIZE, CifarFormat.IMAGE_SIZE);
  }

  /**
   * @param height of every image, in pixels
   * @param width of every image, in pixels
   */
  public ImageFolderRecordReader(int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Expected a height and width of at least 1 pixel, found " + height + " and " + width);
    }
    this.height = height;
    this.width = width;
    decoder = new ImageDecoder(height, width);
  }

  @Override
  public void initialize(InputSplit split) throws IOException, InterruptedException {
    root =
        split instanceof FileSplit
            ? ((FileSplit) split).getRootDir().toPath().toAbsolutePath().normalize()
            : null;
    super.initialize(split);
  }

  @Override
  List<String> open(List<Path> locations) {
    List<Path> found = new ArrayList<>();
    for (Path location : locations) {
      if (isImage(location)) {
        found.add(location);
      }
    }
    if (found.isEmpty()) {
      throw new ImageDataException(
          (root == null ? "The split" : root)
              + ": expected images as <class>/<image>.jpg, .jpeg or .png, found none among "
              + locations.size()
              + " files");
    }
    Path top = root == null ? found.get(0).getParent().getParent() : root;
    for (Path image : found) {
      // Else train/ and test/ folders side by side would be merged into one set.
      if (!top.equals(image.getParent().getParent())) {
        throw new ImageDataException(
            image + ": expected images in class folders of " + top + " only, as <class>/<image>");
      }
    }
    found.sort(
        Comparator.comparing(ImageFolderRecordReader::classOf).thenComparing(Path::getFileName));
    images = found;
    position = 0;
    TreeSet<String> classes = new TreeSet<>();
    for (Path image : found) {
      classes.add(classOf(image));
    }
    return List.copyOf(classes);
  }

  private boolean isImage(Path file) {
    // Not the whole path: the data may live below a hidden folder of the user's.
    int depth = root == null ? file.getNameCount() - 2 : root.getNameCount();
    for (int i = Math.max(0, depth); i < file.getNameCount(); i++) {
      if (file.getName(i).toString().startsWith(".")) {
        return false;
      }
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private static String classOf(Path image) {
    return image.getParent().getFileName().toString();
  }

  @Override
  public boolean hasNext() {
    return position < images.size();
  }

  @Override
  Record readNext() throws IOException {
    return read(images.get(position++));
  }

  private Record read(Path image) throws IOException {
    return new org.datavec.api.records.impl.Record(
        record(image, Files.readAllBytes(image)),
        new RecordMetaDataURI(image.toUri(), ImageFolderRecordReader.class));
  }

  private List<Writable> record(Path image, byte[] encoded) {
    int label = getLabels().indexOf(classOf(image));
    if (label < 0) {
      throw new ImageDataException(
          image + ": expected an image in a folder named as one of " + getLabels());
    }
    return new LabelledImage(height, width, decoder.decode(encoded, image), label).toRecord();
  }

  /** Reads one image, to the end of the stream; its label is the folder that the URI names. */
  @Override
  public List<Writable> record(URI uri, DataInputStream dataInputStream) throws IOException {
    return record(toPath(uri), dataInputStream.readAllBytes());
  }

  /**
   * @param metaData what {@link #nextRecord()} gave with the record
   */
  @Override
  public Record loadFromMetaData(RecordMetaData metaData) throws IOException {
    return read(toPath(metaData.getURI()));
  }

  @Override
  public void reset() {
    position = 0;
  }

  /** Does nothing: no file stays open between two records. */
  @Override
  public void close() {}
}
