package org.dl4j.q4.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.dl4j.q4.train.CosineAnnealingSchedule.AfterMaximum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class SchedulesTest {

  private static final double ROOT_HALF = Math.sqrt(0.5);

  /** The paper's own log: 1e-3 at its first epoch, 4.8e-4 at its 150th, which is t = 149. */
  @Test
  void cosineRisesAgainAsInThePapersLog() {
    ISchedule schedule =
        new CosineAnnealingSchedule(ScheduleType.EPOCH, 1e-3, 0, 100, AfterMaximum.RISE);

    assertEquals(1e-3, schedule.valueAt(0, 0), 1e-15);
    assertEquals(1e-3 * (1 + ROOT_HALF) / 2, schedule.valueAt(0, 25), 1e-15);
    assertEquals(5e-4, schedule.valueAt(0, 50), 1e-15);
    assertEquals(0, schedule.valueAt(0, 100), 1e-15);
    assertEquals(1e-3 * (1 - ROOT_HALF) / 2, schedule.valueAt(0, 125), 1e-15);
    assertEquals(4.84295e-4, schedule.valueAt(0, 149), 1e-9);
  }

  @Test
  void cosineHoldsItsMinimum() {
    ISchedule schedule =
        new CosineAnnealingSchedule(ScheduleType.ITERATION, 1.0, 0.2, 4, AfterMaximum.HOLD);

    assertEquals(0.6, schedule.valueAt(2, 77), 1e-15);
    assertEquals(0.2, schedule.valueAt(4, 0), 1e-15);
    assertEquals(0.2, schedule.valueAt(7, 0), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.1", "1, 0.55", "2, 1.0", // warm-up
    "4, 0.75", "5, 0.5", "6, 0.25", // cosine from 1 to 0 over six steps
    "8, 0.0", "100, 0.0"
  })
  void oneCycleWarmsUpAndFalls(int iteration, double expected) {
    ISchedule schedule = new OneCycleSchedule(ScheduleType.ITERATION, 0.1, 1, 0, 2, 8);

    assertEquals(expected, schedule.valueAt(iteration, 3), 1e-12);
  }

  @Test
  void refuseLengthsThatAreNone() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new CosineAnnealingSchedule(ScheduleType.EPOCH, 1, 0, 0, AfterMaximum.HOLD));
    assertThrows(
        IllegalArgumentException.class,
        () -> new OneCycleSchedule(ScheduleType.EPOCH, 0, 1, 0, 5, 5));
  }

  /** DL4J merges updater blocks by equality: an unequal copy scrambles Adam's state on loading. */
  @Test
  void areEqualAfterJsonAndClone() throws Exception {
    ISchedule[] schedules = {
      new CosineAnnealingSchedule(ScheduleType.EPOCH, 0.3, 0.01, 9, AfterMaximum.HOLD),
      new OneCycleSchedule(ScheduleType.ITERATION, 0.1, 0.9, 0.02, 3, 30)
    };
    for (ISchedule schedule : schedules) {
      String json = JsonMappers.getMapper().writeValueAsString(schedule);
      ISchedule read = JsonMappers.getMapper().readValue(json, ISchedule.class);
      assertEquals(schedule, read);
      assertEquals(schedule.hashCode(), read.hashCode());
      assertEquals(schedule, schedule.clone());
    }
    assertNotEquals(
        schedules[0],
        new CosineAnnealingSchedule(ScheduleType.EPOCH, 0.3, 0.01, 9, AfterMaximum.RISE));
    assertNotEquals(
        schedules[1], new OneCycleSchedule(ScheduleType.ITERATION, 0.1, 0.9, 0.02, 4, 30));
  }
}
