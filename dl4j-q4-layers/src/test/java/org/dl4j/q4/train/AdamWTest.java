package org.dl4j.q4.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.dl4j.q4.train.CosineAnnealingSchedule.AfterMaximum;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ScheduleType;

class AdamWTest {

  /** PyTorch's rule written out, in double. */
  private static double[] expected(double[][] gradients, double lr, double epsilon) {
    double m = 0;
    double v = 0;
    double[] steps = new double[gradients.length];
    for (int i = 0; i < gradients.length; i++) {
      double g = gradients[i][0];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double mHat = m / (1 - Math.pow(0.9, i + 1));
      double vHat = v / (1 - Math.pow(0.999, i + 1));
      steps[i] = lr * mHat / (Math.sqrt(vHat) + epsilon);
    }
    return steps;
  }

  private static double[] actual(double[][] gradients, AdamW config, DataType type) {
    INDArray state = Nd4j.create(type, 2L * gradients[0].length);
    GradientUpdater<AdamW> updater = config.instantiate(state, true);
    double[] steps = new double[gradients.length];
    for (int i = 0; i < gradients.length; i++) {
      INDArray gradient = Nd4j.createFromArray(gradients[i]).castTo(type);
      updater.applyUpdater(gradient, i, 0);
      steps[i] = gradient.getDouble(0);
    }
    return steps;
  }

  @Test
  void firstStepByHand() {
    // m̂ = 0.5, v̂ = 0.25, so the step is 0.1 · 0.5 / (0.5 + 0.5) = 0.05
    AdamW config = new AdamW(0.1, null, 0.9, 0.999, 0.5);

    assertEquals(0.05, actual(new double[][] {{0.5}}, config, DataType.DOUBLE)[0], 1e-15);
  }

  /** Where gradients are as small as ε, DL4J's Adam would be off by a factor of up to √1000. */
  @Test
  void epsilonIsAddedToTheCorrectedRoot() {
    double[][] gradients = {{3e-8}, {-1e-8}, {2e-8}, {5e-9}, {1e-8}};
    AdamW config = new AdamW(1e-3);

    double[] expected = expected(gradients, 1e-3, 1e-8);

    assertArrayEquals(expected, actual(gradients, config, DataType.DOUBLE), 1e-16);
    // The native op corrects the bias in the array's type: 1 − 0.999 has 4 digits less in FLOAT.
    assertArrayEquals(expected, actual(gradients, config, DataType.FLOAT), 1e-3 * 1e-4);
  }

  /**
   * A kernel may divide by β₂, which AdamW allows to be 0: then v is g² and each step ±lr·|m̂|/|g|.
   */
  @Test
  void withoutASecondMomentStepsAreFinite() {
    AdamW config = new AdamW(0.1, null, 0.9, 0, 1e-8);

    double[] steps = actual(new double[][] {{0.5}, {-0.25}}, config, DataType.FLOAT);

    assertEquals(0.1, steps[0], 1e-7);
    // m = 0.9 · 0.05 − 0.1 · 0.25 = 0.02, m̂ = 0.02 / 0.19, √v̂ = 0.25
    assertEquals(0.1 * 0.02 / 0.19 / 0.25, steps[1], 1e-7);
  }

  @Test
  void stateIsMThenV() {
    INDArray state = Nd4j.create(DataType.DOUBLE, 4);
    new AdamW(1e-3).instantiate(state, true).applyUpdater(Nd4j.createFromArray(1.0, -2.0), 0, 0);

    assertArrayEquals(new double[] {0.1, -0.2, 0.001, 0.004}, state.toDoubleVector(), 1e-15);
  }

  @Test
  void continuesFromStateItDidNotInitialize() {
    INDArray state = Nd4j.createFromArray(0.1, 0.001);
    INDArray gradient = Nd4j.createFromArray(1.0);
    new AdamW(1e-3).instantiate(state, false).applyUpdater(gradient, 1, 0);

    double m = 0.9 * 0.1 + 0.1;
    double v = 0.999 * 0.001 + 0.001;
    double step = 1e-3 * (m / (1 - 0.81)) / (Math.sqrt(v / (1 - 0.998001)) + 1e-8);
    assertEquals(step, gradient.getDouble(0), 1e-14);
  }

  @Test
  void isEqualAfterJsonAndClone() throws Exception {
    IUpdater[] updaters = {
      new AdamW(0.02, null, 0.8, 0.99, 1e-6),
      new AdamW(new CosineAnnealingSchedule(ScheduleType.EPOCH, 1e-3, 0, 10, AfterMaximum.HOLD))
    };
    for (IUpdater updater : updaters) {
      String json = JsonMappers.getMapper().writeValueAsString(updater);
      IUpdater read = JsonMappers.getMapper().readValue(json, IUpdater.class);
      assertEquals(updater, read);
      assertEquals(updater.hashCode(), read.hashCode());
      assertEquals(updater, updater.clone());
    }
    assertNotEquals(updaters[0], updaters[1]);
  }

  @Test
  void scheduleGivesTheLearningRate() {
    AdamW config = new AdamW(0.5);
    assertEquals(0.5, config.getLearningRate(3, 3));

    config.setLrAndSchedule(Double.NaN, new OneCycleSchedule(ScheduleType.EPOCH, 0, 1, 0, 4, 8));
    assertEquals(0.25, config.getLearningRate(100, 1), 1e-15);
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertThrows(IllegalArgumentException.class, () -> new AdamW(-1));
    assertThrows(IllegalArgumentException.class, () -> new AdamW(1, null, 1, 0.9, 1e-8));
    assertThrows(IllegalArgumentException.class, () -> new AdamW(1, null, 0.9, -0.1, 1e-8));
    assertThrows(IllegalArgumentException.class, () -> new AdamW(1, null, 0.9, 0.9, Double.NaN));
  }
}
