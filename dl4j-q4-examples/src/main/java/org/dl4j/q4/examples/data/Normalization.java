package org.dl4j.q4.examples.data;

/**
 * Per-channel normalisation of pixels: {@code (pixel / 255 − mean) / std}, computed in float in
 * this order, as torchvision's {@code ToTensor} and {@code Normalize} do.
 */
public final class Normalization {
  /**
   * The constants of the paper's CIFAR recipe: mean (0.4914, 0.4822, 0.4465), standard deviation
   * (0.2023, 0.1994, 0.2010) for red, green and blue.
   */
  public static final Normalization CIFAR =
      new Normalization(
          new float[] {0.4914f, 0.4822f, 0.4465f}, new float[] {0.2023f, 0.1994f, 0.2010f});

  private static final int LEVELS = 256;

  private final float[] mean;
  private final float[] std;
  private final float[][] values;

  /**
   * @param mean of each channel, red, green and blue, on pixels scaled to [0, 1]
   * @param std standard deviation of each channel, likewise
   * @throws IllegalArgumentException if there are not three of each, or they are not finite and the
   *     deviations positive
   */
  public Normalization(float[] mean, float[] std) {
    if (mean.length != LabelledImage.CHANNELS || std.length != LabelledImage.CHANNELS) {
      throw new IllegalArgumentException(
          String.format(
              "Expected a mean and a standard deviation for each of 3 channels, found %d and %d",
              mean.length, std.length));
    }
    this.mean = mean.clone();
    this.std = std.clone();
    values = new float[LabelledImage.CHANNELS][LEVELS];
    for (int channel = 0; channel < LabelledImage.CHANNELS; channel++) {
      if (!Float.isFinite(mean[channel]) || !Float.isFinite(std[channel]) || std[channel] <= 0) {
        throw new IllegalArgumentException(
            String.format(
                "Expected a finite mean and a positive standard deviation for channel %d,"
                    + " found %s and %s",
                channel, mean[channel], std[channel]));
      }
      for (int pixel = 0; pixel < LEVELS; pixel++) {
        values[channel][pixel] = (pixel / 255f - mean[channel]) / std[channel];
      }
    }
  }

  /** The mean of each channel, on pixels scaled to [0, 1]. */
  public float[] mean() {
    return mean.clone();
  }

  /** The standard deviation of each channel, on pixels scaled to [0, 1]. */
  public float[] std() {
    return std.clone();
  }

  /**
   * The normalised value of a pixel.
   *
   * @param channel 0 red, 1 green, 2 blue
   * @param pixel from 0 to 255
   */
  public float apply(int channel, int pixel) {
    return values[channel][pixel];
  }
}
