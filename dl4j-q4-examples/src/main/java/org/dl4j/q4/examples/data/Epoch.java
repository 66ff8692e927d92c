package org.dl4j.q4.examples.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The order of a set's images in one epoch, and the crop and flip of each. All is drawn at once
 * from (seed, epoch), so that no batch depends on the batches before it or on their sizes.
 */
final class Epoch {
  /** Black pixels around the image that a crop may reach into, on each side. */
  static final int PADDING = 4;

  private final int[] order;
  private final byte[] rowShift;
  private final byte[] columnShift;
  private final boolean[] flip;

  /**
   * An epoch of images in {@code order}, the image at each position moved up and to the left by its
   * shifts and then mirrored or not.
   */
  Epoch(int[] order, byte[] rowShift, byte[] columnShift, boolean[] flip) {
    this.order = order;
    this.rowShift = rowShift;
    this.columnShift = columnShift;
    this.flip = flip;
  }

  /** Every image as it is, in the set's order. */
  static Epoch plain(int images) {
    return new Epoch(
        IntStream.range(0, images).toArray(),
        new byte[images],
        new byte[images],
        new boolean[images]);
  }

  /** Shuffled; crops anywhere within the padding, and mirrored or not, with equal chances. */
  static Epoch augmented(int images, long seed, int epoch) {
    Epoch plan = plain(images);
    SplittableRandom random = Randoms.at(seed, epoch);
    Randoms.shuffle(plan.order, random);
    for (int i = 0; i < images; i++) {
      plan.rowShift[i] = (byte) random.nextInt(-PADDING, PADDING + 1);
      plan.columnShift[i] = (byte) random.nextInt(-PADDING, PADDING + 1);
      plan.flip[i] = random.nextBoolean();
    }
    return plan;
  }

  int imageAt(int position) {
    return order[position];
  }

  /**
   * Writes the image at a position, cropped, flipped, then normalised.
   *
   * @param target receives [3, height, width] from {@code offset}
   */
  void write(
      int position, LabelledImage image, Normalization normalization, float[] target, int offset) {
    int height = image.height;
    int width = image.width;
    int to = offset;
    for (int channel = 0; channel < LabelledImage.CHANNELS; channel++) {
      float black = normalization.apply(channel, 0);
      for (int y = 0; y < height; y++) {
        int fromY = y + rowShift[position];
        if (fromY < 0 || fromY >= height) {
          Arrays.fill(target, to, to + width, black);
          to += width;
          continue;
        }
        int row = (channel * height + fromY) * width;
        for (int x = 0; x < width; x++) {
          // The crop is flipped, not the image: a flipped crop reads the crop's columns backwards.
          int fromX = (flip[position] ? width - 1 - x : x) + columnShift[position];
          target[to++] =
              fromX < 0 || fromX >= width
                  ? black
                  : normalization.apply(channel, Byte.toUnsignedInt(image.pixels[row + fromX]));
        }
      }
    }
  }
}
