package org.dl4j.q4.train;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Linear warm-up, then one cosine fall. With t the iteration or the epoch, counted from 0, W the
 * length of the warm-up and T the total:
 *
 * <pre>
 *   t &lt; W       start + (maximum − start) · t / W
 *   W ≤ t &lt; T   end + (maximum − end) · (1 + cos(π · (t − W) / (T − W))) / 2
 *   t ≥ T       end
 * </pre>
 *
 * <p>Source: Smith, arXiv 1708.07120, with the cosine of PyTorch's {@code OneCycleLR}.
 */
public final class OneCycleSchedule implements ISchedule {

  private final ScheduleType scheduleType;
  private final double start;
  private final double maximum;
  private final double end;
  private final int warmUp;
  private final int total;

  /**
   * @param scheduleType whether t is the iteration or the epoch
   * @param start value at t = 0
   * @param maximum value at the end of the warm-up
   * @param end value at the end
   * @param warmUp iterations or epochs of the warm-up, 0 for none
   * @param total iterations or epochs in all, more than the warm-up
   * @throws IllegalArgumentException if 0 ≤ warmUp &lt; total does not hold
   */
  public OneCycleSchedule(
      @JsonProperty("scheduleType") ScheduleType scheduleType,
      @JsonProperty("start") double start,
      @JsonProperty("maximum") double maximum,
      @JsonProperty("end") double end,
      @JsonProperty("warmUp") int warmUp,
      @JsonProperty("total") int total) {
    if (warmUp < 0 || warmUp >= total) {
      throw new IllegalArgumentException(
          "0 <= warmUp < total must hold; got warmUp " + warmUp + ", total " + total);
    }
    this.scheduleType = Objects.requireNonNull(scheduleType, "scheduleType");
    this.start = start;
    this.maximum = maximum;
    this.end = end;
    this.warmUp = warmUp;
    this.total = total;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    int t = scheduleType == ScheduleType.ITERATION ? iteration : epoch;
    if (t < warmUp) {
      return start + (maximum - start) * t / warmUp;
    }
    if (t >= total) {
      return end;
    }
    return end + (maximum - end) * (1 + Math.cos(Math.PI * (t - warmUp) / (total - warmUp))) / 2;
  }

  @Override
  public ISchedule clone() {
    return new OneCycleSchedule(scheduleType, start, maximum, end, warmUp, total);
  }

  // DL4J writes a schedule's fields by its getters.

  /**
   * @return whether t is the iteration or the epoch
   */
  public ScheduleType getScheduleType() {
    return scheduleType;
  }

  /**
   * @return value at t = 0
   */
  public double getStart() {
    return start;
  }

  /**
   * @return value at the end of the warm-up
   */
  public double getMaximum() {
    return maximum;
  }

  /**
   * @return value at the end
   */
  public double getEnd() {
    return end;
  }

  /**
   * @return iterations or epochs of the warm-up
   */
  public int getWarmUp() {
    return warmUp;
  }

  /**
   * @return iterations or epochs in all
   */
  public int getTotal() {
    return total;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof OneCycleSchedule)) {
      return false;
    }
    OneCycleSchedule that = (OneCycleSchedule) other;
    return scheduleType == that.scheduleType
        && Double.compare(start, that.start) == 0
        && Double.compare(maximum, that.maximum) == 0
        && Double.compare(end, that.end) == 0
        && warmUp == that.warmUp
        && total == that.total;
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheduleType, start, maximum, end, warmUp, total);
  }

  @Override
  public String toString() {
    return "OneCycleSchedule("
        + start
        + " → "
        + maximum
        + " in "
        + warmUp
        + ", → "
        + end
        + " at "
        + total
        + " by "
        + scheduleType
        + ")";
  }
}
