package org.dl4j.q4.examples.data;

import java.util.ArrayList;
import java.util.List;

/** Image sets made for tests. */
final class TestImages {
  private static final int SIZE = 32;

  private TestImages() {}

  /** A 1×1 grey image for each label; image i has the value i. */
  static ImageSet dots(List<String> classNames, int... labels) {
    LabelledImage[] images = new LabelledImage[labels.length];
    for (int i = 0; i < labels.length; i++) {
      images[i] = new LabelledImage(1, 1, new byte[] {(byte) i, (byte) i, (byte) i}, labels[i]);
    }
    return new ImageSet(classNames, images);
  }

  /** The value that {@link #dots} gave each image, which says which one it was. */
  static List<Integer> identities(ImageSet dots) {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < dots.size(); i++) {
      values.add(Byte.toUnsignedInt(dots.pixels(i)[0]));
    }
    return values;
  }

  /**
   * 32×32 images of two classes by turns. Red is the column + 1, green the row + 1 and blue the
   * image's index, so that each pixel tells where it comes from, and padding is the only zero in
   * red.
   */
  static ImageSet gradients(int count) {
    LabelledImage[] images = new LabelledImage[count];
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[3 * SIZE * SIZE];
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          int at = y * SIZE + x;
          pixels[at] = (byte) (x + 1);
          pixels[SIZE * SIZE + at] = (byte) (y + 1);
          pixels[2 * SIZE * SIZE + at] = (byte) i;
        }
      }
      images[i] = new LabelledImage(SIZE, SIZE, pixels, i % 2);
    }
    return new ImageSet(List.of("even", "odd"), images);
  }
}
