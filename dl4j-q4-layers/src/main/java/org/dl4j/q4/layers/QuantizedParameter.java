package org.dl4j.q4.layers;

import java.util.Objects;

/** A weight tensor of a layer that its passes use quantized. Immutable. */
public final class QuantizedParameter {

  private final String key;
  private final int channelDimension;
  private final long channels;

  /**
   * @param key its name among the layer's parameters, such as {@code W}
   * @param channelDimension the tensor's dimension that counts output channels
   * @param channels how many there are; 0 while the layer's sizes are not known
   */
  public QuantizedParameter(String key, int channelDimension, long channels) {
    this.key = Objects.requireNonNull(key, "key");
    this.channelDimension = channelDimension;
    this.channels = channels;
  }

  /**
   * @return its name among the layer's parameters
   */
  public String key() {
    return key;
  }

  /**
   * @return the tensor's dimension that counts output channels: that of a scale per channel
   */
  public int channelDimension() {
    return channelDimension;
  }

  /**
   * @return the size of that dimension
   */
  public long channels() {
    return channels;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof QuantizedParameter)) {
      return false;
    }
    QuantizedParameter that = (QuantizedParameter) other;
    return key.equals(that.key)
        && channelDimension == that.channelDimension
        && channels == that.channels;
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, channelDimension, channels);
  }

  @Override
  public String toString() {
    return key + " (" + channels + " channels in dimension " + channelDimension + ")";
  }
}
