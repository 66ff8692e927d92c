package org.dl4j.q4.examples.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Squares cut out of an epoch's images: in each, a square of {@code side} pixels around a pixel
 * drawn at random becomes 0 after normalisation, which is the mean colour. The part of a square
 * that lies outside the image is lost. Source: DeVries and Taylor, arXiv 1708.04552.
 */
final class Cutout {
  private final int side;
  private final int height;
  private final int width;
  private final int[] centres;

  /**
   * @param side of the squares, in pixels; 0 cuts nothing
   * @param height of the images
   * @param width of the images
   * @param centres for each position of the epoch the pixel row · width + column
   */
  Cutout(int side, int height, int width, int... centres) {
    this.side = side;
    this.height = height;
    this.width = width;
    this.centres = centres;
  }

  /** Every pixel of an image is the centre with equal chances. */
  static Cutout drawn(int images, int side, int height, int width, SplittableRandom random) {
    return new Cutout(
        side, height, width, random.ints(images, 0, Math.multiplyExact(height, width)).toArray());
  }

  /**
   * Cuts the square of a position.
   *
   * @param image [channels, height, width] from {@code offset}
   */
  void apply(int position, float[] image, int offset) {
    int top = centres[position] / width - side / 2;
    int left = centres[position] % width - side / 2;
    int from = Math.max(0, left);
    int to = Math.min(width, left + side);
    for (int channel = 0; channel < LabelledImage.CHANNELS; channel++) {
      for (int y = Math.max(0, top); y < Math.min(height, top + side); y++) {
        int row = offset + (channel * height + y) * width;
        Arrays.fill(image, row + from, row + to, 0);
      }
    }
  }
}
