package org.dl4j.q4.quant;

import java.io.Serializable;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * How one layer's weights are quantized and clipped: the options of every 4-bit layer's builder,
 * and the part of its configuration that DL4J's layer does not have. Immutable; saved with the
 * configuration as JSON.
 */
public final class WeightQuantization implements Serializable {

  /** The paper's choice: 4 bits, one dynamic scale a tensor, soft clip at 3. */
  public static final WeightQuantization PAPER =
      new WeightQuantization(4, Granularity.PER_TENSOR, ScaleMode.DYNAMIC, 3.0);

  private final int bits;
  private final Granularity granularity;
  private final ScaleMode scaleMode;
  private final double softClip;

  /**
   * @param bits width of a code, 2 to 8
   * @param granularity one scale for the tensor, or one for each output channel
   * @param scaleMode scale computed at every forward pass, or once
   * @param softClip α of the tanh soft clip after each update, in weight units; 0 turns it off
   * @throws IllegalArgumentException if a value is outside its range
   */
  public WeightQuantization(
      @JsonProperty("bits") int bits,
      @JsonProperty("granularity") Granularity granularity,
      @JsonProperty("scaleMode") ScaleMode scaleMode,
      @JsonProperty("softClip") double softClip) {
    if (bits < Quantizer.MIN_BITS || bits > Quantizer.MAX_BITS) {
      throw new IllegalArgumentException(
          "bits must be from "
              + Quantizer.MIN_BITS
              + " to "
              + Quantizer.MAX_BITS
              + ", the width of a code; got "
              + bits);
    }
    if (!(softClip >= 0) || Double.isInfinite(softClip)) {
      throw new IllegalArgumentException(
          "softClip must be a positive number, or 0 to turn the soft clip off; got " + softClip);
    }
    this.bits = bits;
    this.granularity = Objects.requireNonNull(granularity, "granularity");
    this.scaleMode = Objects.requireNonNull(scaleMode, "scaleMode");
    this.softClip = softClip;
  }

  /**
   * @return width of a code in bits
   */
  public int getBits() {
    return bits;
  }

  /**
   * @return one scale for the tensor, or one for each output channel
   */
  public Granularity getGranularity() {
    return granularity;
  }

  /**
   * @return when the scale is computed
   */
  public ScaleMode getScaleMode() {
    return scaleMode;
  }

  /**
   * @return α of the tanh soft clip, 0 if it is off
   */
  public double getSoftClip() {
    return softClip;
  }

  /**
   * @param newBits width of a code, 2 to 8
   * @return these options with another width
   */
  public WeightQuantization withBits(int newBits) {
    return new WeightQuantization(newBits, granularity, scaleMode, softClip);
  }

  /**
   * @param newGranularity one scale for the tensor, or one for each output channel
   * @return these options with another granularity
   */
  public WeightQuantization withGranularity(Granularity newGranularity) {
    return new WeightQuantization(bits, newGranularity, scaleMode, softClip);
  }

  /**
   * @param newScaleMode when the scale is computed
   * @return these options with another scale mode
   */
  public WeightQuantization withScaleMode(ScaleMode newScaleMode) {
    return new WeightQuantization(bits, granularity, newScaleMode, softClip);
  }

  /**
   * @param newSoftClip α of the tanh soft clip, 0 to turn it off
   * @return these options with another soft clip
   */
  public WeightQuantization withSoftClip(double newSoftClip) {
    return new WeightQuantization(bits, granularity, scaleMode, newSoftClip);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof WeightQuantization)) {
      return false;
    }
    WeightQuantization that = (WeightQuantization) other;
    return bits == that.bits
        && granularity == that.granularity
        && scaleMode == that.scaleMode
        && Double.compare(softClip, that.softClip) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(bits, granularity, scaleMode, softClip);
  }

  @Override
  public String toString() {
    return "WeightQuantization(bits="
        + bits
        + ", granularity="
        + granularity
        + ", scaleMode="
        + scaleMode
        + ", softClip="
        + softClip
        + ")";
  }
}
