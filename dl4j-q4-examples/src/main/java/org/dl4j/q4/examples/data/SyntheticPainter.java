package org.dl4j.q4.examples.data;

import java.awt.Color;
import java.util.SplittableRandom;

/**
 * Draws one image of the synthetic set: a shape in one hue on a greyish ground, at a random place,
 * size and angle, with noise on every pixel.
 *
 * <p>It calculates the coverage of each pixel itself, so that a seed gives the same bytes with
 * every Java and on every machine; the anti-aliasing of {@code Graphics2D} promises no such thing.
 */
final class SyntheticPainter {
  /** The hues that fine classes tell apart, a fifth of the colour circle from each other. */
  static final int HUES = 5;

  private static final int SIZE = CifarFormat.IMAGE_SIZE;
  private static final int SAMPLES = 3;
  private static final double MAX_ANGLE = Math.toRadians(15);
  private static final double MIN_RADIUS = 7;
  private static final double MAX_RADIUS = 12;
  private static final int NOISE = 24;

  private SyntheticPainter() {}

  /**
   * Draws a shape.
   *
   * @param light whether the shape is light on a dark ground, or dark on a light one
   * @param hue from 0 to {@link #HUES} - 1
   * @return [3, 32, 32], RGB, unsigned
   */
  static byte[] paint(SyntheticShape shape, boolean light, int hue, SplittableRandom random) {
    float shapeHue = (float) (hue + random.nextDouble(-0.25, 0.25)) / HUES;
    int shapeColour =
        light ? hsb(shapeHue, 0.5, 0.8, 0.8, 1, random) : hsb(shapeHue, 0.7, 1, 0.3, 0.5, random);
    float groundHue = (float) random.nextDouble();
    int groundColour =
        light ? hsb(groundHue, 0, 0.25, 0.1, 0.4, random) : hsb(groundHue, 0, 0.25, 0.7, 1, random);
    double[] coverage = coverage(shape, random);
    byte[] pixels = new byte[CifarFormat.PIXEL_BYTES];
    for (int i = 0; i < pixels.length; i++) {
      int shift = 16 - 8 * (i / coverage.length);
      int ground = groundColour >> shift & 0xFF;
      int foreground = shapeColour >> shift & 0xFF;
      double value = ground + coverage[i % coverage.length] * (foreground - ground);
      int noisy = (int) value + random.nextInt(-NOISE, NOISE + 1);
      pixels[i] = (byte) Math.max(0, Math.min(255, noisy));
    }
    return pixels;
  }

  private static int hsb(
      float hue,
      double minSaturation,
      double maxSaturation,
      double minBrightness,
      double maxBrightness,
      SplittableRandom random) {
    float saturation = (float) random.nextDouble(minSaturation, maxSaturation);
    float brightness = (float) random.nextDouble(minBrightness, maxBrightness);
    return Color.HSBtoRGB(hue, saturation, brightness);
  }

  /** The part of each pixel that the shape covers, by {@link #SAMPLES}² points in it. */
  private static double[] coverage(SyntheticShape shape, SplittableRandom random) {
    double radius = random.nextDouble(MIN_RADIUS, MAX_RADIUS);
    double centreX = random.nextDouble(radius, SIZE - radius);
    double centreY = random.nextDouble(radius, SIZE - radius);
    double angle = random.nextDouble(-MAX_ANGLE, MAX_ANGLE);
    // StrictMath: Math's results may differ between machines in the last bit.
    double cos = StrictMath.cos(angle) / radius;
    double sin = StrictMath.sin(angle) / radius;
    double[] coverage = new double[SIZE * SIZE];
    for (int y = 0; y < SIZE * SAMPLES; y++) {
      for (int x = 0; x < SIZE * SAMPLES; x++) {
        double dx = (x + 0.5) / SAMPLES - centreX;
        double dy = (y + 0.5) / SAMPLES - centreY;
        if (shape.covers(dx * cos + dy * sin, dy * cos - dx * sin)) {
          coverage[y / SAMPLES * SIZE + x / SAMPLES] += 1.0 / (SAMPLES * SAMPLES);
        }
      }
    }
    return coverage;
  }
}
