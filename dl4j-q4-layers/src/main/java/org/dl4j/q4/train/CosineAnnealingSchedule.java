package org.dl4j.q4.train;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cosine annealing: with t the iteration or the epoch, counted from 0,
 *
 * <pre>
 *   value(t) = minimum + (initial − minimum) · (1 + cos(π · t / tMax)) / 2
 * </pre>
 *
 * <p>It falls from {@code initial} at t = 0 to {@code minimum} at t = tMax. Beyond, it either rises
 * again by the same formula, back to {@code initial} at 2·tMax, as PyTorch's {@code
 * CosineAnnealingLR} does and the paper's 150-epoch run with tMax = 100 shows, or stays at the
 * minimum. Source: Loshchilov and Hutter, arXiv 1608.03983, without restarts.
 *
 * <p>By {@code EPOCH} it moves only in {@code fit(iterator)}: DL4J counts no epochs in {@code
 * fit(DataSet)}.
 */
public final class CosineAnnealingSchedule implements ISchedule {

  /** What happens after tMax. */
  public enum AfterMaximum {
    /** The formula goes on: the value rises again. */
    RISE,
    /** The value stays at the minimum. */
    HOLD
  }

  private final ScheduleType scheduleType;
  private final double initialValue;
  private final double minimum;
  private final int tMax;
  private final AfterMaximum afterMaximum;

  /**
   * @param scheduleType whether t is the iteration or the epoch
   * @param initialValue value at t = 0
   * @param minimum value at t = tMax
   * @param tMax iterations or epochs from one to the other, at least 1
   * @param afterMaximum what happens after tMax
   * @throws IllegalArgumentException if tMax is below 1
   */
  public CosineAnnealingSchedule(
      @JsonProperty("scheduleType") ScheduleType scheduleType,
      @JsonProperty("initialValue") double initialValue,
      @JsonProperty("minimum") double minimum,
      @JsonProperty("tMax") int tMax,
      @JsonProperty("afterMaximum") AfterMaximum afterMaximum) {
    if (tMax < 1) {
      throw new IllegalArgumentException("tMax must be at least 1; got " + tMax);
    }
    this.scheduleType = Objects.requireNonNull(scheduleType, "scheduleType");
    this.initialValue = initialValue;
    this.minimum = minimum;
    this.tMax = tMax;
    this.afterMaximum = Objects.requireNonNull(afterMaximum, "afterMaximum");
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    int t = scheduleType == ScheduleType.ITERATION ? iteration : epoch;
    if (t > tMax && afterMaximum == AfterMaximum.HOLD) {
      return minimum;
    }
    return minimum + (initialValue - minimum) * (1 + Math.cos(Math.PI * t / tMax)) / 2;
  }

  @Override
  public ISchedule clone() {
    return new CosineAnnealingSchedule(scheduleType, initialValue, minimum, tMax, afterMaximum);
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
  public double getInitialValue() {
    return initialValue;
  }

  /**
   * @return value at t = tMax
   */
  public double getMinimum() {
    return minimum;
  }

  /**
   * @return iterations or epochs from the initial value to the minimum
   */
  @JsonProperty("tMax")
  public int getTMax() {
    return tMax;
  }

  /**
   * @return what happens after tMax
   */
  public AfterMaximum getAfterMaximum() {
    return afterMaximum;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof CosineAnnealingSchedule)) {
      return false;
    }
    CosineAnnealingSchedule that = (CosineAnnealingSchedule) other;
    return scheduleType == that.scheduleType
        && Double.compare(initialValue, that.initialValue) == 0
        && Double.compare(minimum, that.minimum) == 0
        && tMax == that.tMax
        && afterMaximum == that.afterMaximum;
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheduleType, initialValue, minimum, tMax, afterMaximum);
  }

  @Override
  public String toString() {
    return "CosineAnnealingSchedule("
        + initialValue
        + " → "
        + minimum
        + " in "
        + tMax
        + " by "
        + scheduleType
        + ", then "
        + afterMaximum
        + ")";
  }
}
