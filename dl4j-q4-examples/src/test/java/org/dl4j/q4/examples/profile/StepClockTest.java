package org.dl4j.q4.examples.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** On a clock that is set by hand. */
class StepClockTest {

  private static final Section CONV = new Section(Work.CONVOLUTION, 0, Phase.FORWARD);
  private static final Section CODE = new Section(Work.LAYER_CODE, 0, Phase.FORWARD);
  private static final Section QUANTIZATION = new Section(Work.QUANTIZATION, 0, Phase.FORWARD);
  private static final Section REST = Section.ofNetwork(Work.REST, Phase.FORWARD);

  private long now;
  private final StepClock clock = new StepClock(() -> now);

  @Test
  void timeIsChargedToTheInnermostSection() {
    clock.begin();
    now = 1;
    clock.enter(CONV);
    now = 3;
    clock.enter(Work.QUANTIZATION);
    now = 7;
    clock.exit();
    now = 15;
    clock.exit();
    now = 31;
    clock.end();

    assertEquals(Map.of(REST, 17L, CONV, 10L, QUANTIZATION, 4L), clock.charged());
    assertEquals(1, clock.steps());
  }

  @Test
  void aLayerWithAKernelIsCodeAroundIt() {
    clock.begin();
    clock.enter(CONV);
    now = 1;
    clock.enterKernel(Work.CONVOLUTION);
    now = 11;
    clock.exit();
    now = 13;
    clock.exit();
    clock.end();

    assertEquals(Map.of(REST, 0L, CONV, 10L, CODE, 3L), clock.charged());
  }

  @Test
  void whatNoSectionClaimsGoesToTheBackground() {
    Section update = Section.ofNetwork(Work.PARAMETER_STEP, Phase.UPDATE);
    clock.begin();
    now = 1;
    clock.background(update);
    now = 4;
    clock.enter(CONV);
    now = 5;
    clock.exit();
    now = 9;
    clock.end();

    assertEquals(Map.of(REST, 1L, update, 7L, CONV, 1L), clock.charged());
  }

  @Test
  void stepsAddUpUntilReset() {
    for (int step = 1; step <= 2; step++) {
      clock.begin();
      now += 5;
      clock.end();
    }
    assertEquals(Map.of(REST, 10L), clock.charged());
    assertEquals(2, clock.steps());

    clock.reset();

    assertEquals(Map.of(), clock.charged());
    assertEquals(0, clock.steps());
  }

  @Test
  void outsideAStepNothingIsCharged() {
    clock.enter(CONV);
    clock.enter(Work.QUANTIZATION);
    clock.enterKernel(Work.CONVOLUTION);
    clock.background(CONV);
    now = 5;
    clock.exit();

    assertEquals(Map.of(), clock.charged());
  }

  @Test
  void aSectionLeftOpenIsAnError() {
    clock.begin();
    clock.enter(CONV);

    assertThrows(IllegalStateException.class, clock::end);
  }

  @Test
  void aTimedObjectWorksAsItsTarget() {
    Supplier<?> target =
        () -> {
          now += 6;
          throw new IllegalArgumentException("the target's own");
        };
    Supplier<?> timed = clock.timed(Supplier.class, target, Map.of("get", CONV));
    List<?> untimed = clock.timed(List.class, List.of("a"), Map.of("size", CONV));
    clock.begin();

    assertEquals(
        "the target's own", assertThrows(IllegalArgumentException.class, timed::get).getMessage());
    assertEquals("a", untimed.get(0));
    clock.end();

    assertEquals(Map.of(REST, 0L, CONV, 6L), clock.charged());
  }
}
