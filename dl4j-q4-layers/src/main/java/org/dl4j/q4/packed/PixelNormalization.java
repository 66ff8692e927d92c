package org.dl4j.q4.packed;

/**
 * How pixels become a network's input: of channel c, {@code (pixel / 255 − mean[c]) / deviation[c]}
 * for pixels from 0 to 255.
 */
public final class PixelNormalization {

  private final float[] mean;
  private final float[] deviation;

  /**
   * @param mean of each channel
   * @param deviation of each channel, not 0
   * @throws IllegalArgumentException if the numbers of channels differ, are none or more than 255,
   *     or a value is not finite or a deviation 0
   */
  public PixelNormalization(float[] mean, float[] deviation) {
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
    this.mean = mean.clone();
    this.deviation = deviation.clone();
  }

  /**
   * @return number of channels
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
