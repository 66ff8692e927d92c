package org.dl4j.q4.packed;

/**
 * How an image becomes a network's input [1, channels, height, width]: its size, and of channel c
 * {@code (pixel / 255 − mean[c]) / deviation[c]} for pixels from 0 to 255.
 */
public final class ImageInput {

  /** Largest height and width, in pixels. */
  public static final int MAX_SIZE = 4096;

  private final int height;
  private final int width;
  private final float[] mean;
  private final float[] deviation;

  /**
   * @param height in pixels
   * @param width in pixels
   * @param mean of each channel, in units of 255
   * @param deviation of each channel, not 0, in units of 255
   * @throws IllegalArgumentException if the size is not from 1 to {@link #MAX_SIZE}, the numbers of
   *     channels differ, are none or more than 255, or a value is not finite or a deviation 0
   */
  public ImageInput(int height, int width, float[] mean, float[] deviation) {
    if (height < 1 || width < 1 || height > MAX_SIZE || width > MAX_SIZE) {
      throw new IllegalArgumentException(
          String.format(
              "Expected a size from 1×1 to %d×%d, found %d×%d", MAX_SIZE, MAX_SIZE, height, width));
    }
    if (mean.length != deviation.length || mean.length < 1 || mean.length > 255) {
      throw new IllegalArgumentException(
          String.format(
              "Expected as many means as deviations, 1 to 255; found %d and %d",
              mean.length, deviation.length));
    }
    for (int i = 0; i < mean.length; i++) {
      if (!Float.isFinite(mean[i]) || !Float.isFinite(deviation[i]) || deviation[i] == 0) {
        throw new IllegalArgumentException(
            String.format(
                "Expected finite means and deviations other than 0; found %s and %s",
                mean[i], deviation[i]));
      }
    }
    this.height = height;
    this.width = width;
    this.mean = mean.clone();
    this.deviation = deviation.clone();
  }

  /**
   * @return in pixels
   */
  public int height() {
    return height;
  }

  /**
   * @return in pixels
   */
  public int width() {
    return width;
  }

  /**
   * @return number of channels: 3 are red, green and blue, 1 is grey
   */
  public int channels() {
    return mean.length;
  }

  /**
   * @param channel from 0
   * @return its mean, in units of 255
   */
  public float mean(int channel) {
    return mean[channel];
  }

  /**
   * @param channel from 0
   * @return its standard deviation, in units of 255
   */
  public float deviation(int channel) {
    return deviation[channel];
  }

  /**
   * @param channel from 0
   * @param pixel 0 to 255
   * @return the input's value
   */
  public float apply(int channel, int pixel) {
    return (pixel / 255f - mean[channel]) / deviation[channel];
  }
}
