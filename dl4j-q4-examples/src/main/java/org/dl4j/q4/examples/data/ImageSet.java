package org.dl4j.q4.examples.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.datavec.api.records.reader.RecordReader;

/**
 * Labelled RGB images of one size, in memory, one byte a sample. Immutable: {@link #limit} and
 * {@link #split} give new sets that share the pixels.
 */
public final class ImageSet {
  private final List<String> classNames;
  private final LabelledImage[] images;

  ImageSet(List<String> classNames, LabelledImage... images) {
    this.classNames = classNames;
    this.images = images;
  }

  /**
   * Reads a reader's remaining records, and leaves the reader open.
   *
   * @param reader one of this package, or any that gives an UINT8 image of shape [3, height, width]
   *     and an {@code IntWritable} label
   * @throws ImageDataException if there is no record, or a record has another form, another size
   *     than the first or a label without a name
   */
  public static ImageSet read(RecordReader reader) {
    List<String> classNames = List.copyOf(reader.getLabels());
    List<LabelledImage> images = new ArrayList<>();
    while (reader.hasNext()) {
      LabelledImage image = LabelledImage.fromRecord(reader.next());
      if (image.label < 0 || image.label >= classNames.size()) {
        throw new ImageDataException(
            String.format(
                "Record %d: expected a label from 0 to %d, found %d",
                images.size(), classNames.size() - 1, image.label));
      }
      images.add(image);
      LabelledImage first = images.get(0);
      if (image.height != first.height || image.width != first.width) {
        throw new ImageDataException(
            String.format(
                "Record %d: expected an image of the first one's %d×%d pixels (width × height),"
                    + " found %d×%d",
                images.size() - 1, first.width, first.height, image.width, image.height));
      }
    }
    if (images.isEmpty()) {
      throw new ImageDataException("Expected images, found a reader without a record");
    }
    return new ImageSet(classNames, images.toArray(new LabelledImage[0]));
  }

  public int size() {
    return images.length;
  }

  /** The names of the classes, in the order of their labels. */
  public List<String> classNames() {
    return classNames;
  }

  /** Of every image, in pixels. */
  public int height() {
    return images[0].height;
  }

  /** Of every image, in pixels. */
  public int width() {
    return images[0].width;
  }

  /**
   * The class of an image.
   *
   * @param index from 0 to {@link #size()} - 1
   * @return from 0 to the number of classes - 1
   */
  public int label(int index) {
    return images[index].label;
  }

  /**
   * A copy of an image.
   *
   * @param index from 0 to {@link #size()} - 1
   * @return its red, green and blue plane, each row-major, unsigned bytes
   */
  public byte[] pixels(int index) {
    return images[index].pixels.clone();
  }

  /** The image itself, to be read only. */
  LabelledImage image(int index) {
    return images[index];
  }

  /** The number of images of each class. */
  public int[] classSizes() {
    int[] sizes = new int[classNames.size()];
    for (LabelledImage image : images) {
      sizes[image.label]++;
    }
    return sizes;
  }

  /**
   * The first images of each class, in this set's order, and of each class as many as of any other.
   * Where the total is no multiple of the number of classes, the classes that come first have one
   * image more.
   *
   * @param total number of images to keep; this set's size keeps it as it is
   * @throws IllegalArgumentException if the total is less than 1 or more than this set holds, or a
   *     class has fewer images than its share
   */
  public ImageSet limit(int total) {
    if (total < 1 || total > size()) {
      throw new IllegalArgumentException(
          "Expected a limit from 1 to the " + size() + " images of the set, found " + total);
    }
    if (total == size()) {
      return this;
    }
    int classes = classNames.size();
    int[] sizes = classSizes();
    int[] left = new int[classes];
    for (int label = 0; label < classes; label++) {
      left[label] = total / classes + (label < total % classes ? 1 : 0);
      if (left[label] > sizes[label]) {
        throw new IllegalArgumentException(
            String.format(
                "Expected %d images of class %s for a limit of %d in equal shares, found %d",
                left[label], classNames.get(label), total, sizes[label]));
      }
    }
    return select(i -> left[label(i)]-- > 0);
  }

  /** Two parts of a set, without an image in common. */
  public static final class Split {
    private final ImageSet train;
    private final ImageSet validation;

    private Split(ImageSet train, ImageSet validation) {
      this.train = train;
      this.validation = validation;
    }

    /** The images to train on. */
    public ImageSet train() {
      return train;
    }

    /** The images held out. */
    public ImageSet validation() {
      return validation;
    }
  }

  /**
   * Holds out the same fraction of every class, rounded to whole images; which images is drawn from
   * the seed. Both parts keep this set's order.
   *
   * @param fraction held out for validation, between 0 and 1
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, or leaves a class
   *     without an image in one of the parts
   */
  public Split split(double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "Expected a fraction between 0 and 1 to hold out, found " + fraction);
    }
    boolean[] heldOut = new boolean[size()];
    for (int label = 0; label < classNames.size(); label++) {
      int ofClass = label;
      int[] members = IntStream.range(0, size()).filter(i -> label(i) == ofClass).toArray();
      int count = (int) Math.round(fraction * members.length);
      if (count == 0 || count == members.length) {
        throw new IllegalArgumentException(
            String.format(
                "Expected a fraction that leaves images of class %s in both parts, found %s:"
                    + " %d of its %d images are held out",
                classNames.get(label), fraction, count, members.length));
      }
      SplittableRandom random = Randoms.at(seed, label);
      Randoms.shuffle(members, random);
      for (int i = 0; i < count; i++) {
        heldOut[members[i]] = true;
      }
    }
    return new Split(select(i -> !heldOut[i]), select(i -> heldOut[i]));
  }

  /**
   * Tells sets apart: a CRC-32 of the images' bytes and labels, in their order.
   *
   * @return such as {@code 40000+10000 images, CRC-32 0a1b2c3d}
   */
  public static String checksum(ImageSet... sets) {
    CRC32 crc = new CRC32();
    for (ImageSet set : sets) {
      for (LabelledImage image : set.images) {
        crc.update(image.pixels);
        crc.update(image.label);
      }
    }
    String sizes =
        Stream.of(sets).map(set -> String.valueOf(set.size())).collect(Collectors.joining("+"));
    return String.format(Locale.ROOT, "%s images, CRC-32 %08x", sizes, crc.getValue());
  }

  private ImageSet select(IntPredicate kept) {
    return new ImageSet(
        classNames,
        IntStream.range(0, size())
            .filter(kept)
            .mapToObj(this::image)
            .toArray(LabelledImage[]::new));
  }
}
