package org.dl4j.q4.onednn;

import static org.dl4j.q4.kernels.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.dnnl.memory;
import org.dl4j.q4.kernels.KernelWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The linear layer in FP32 against the definition. */
class F32DenseTest {

  @BeforeAll
  static void onlyWithOneDnn() {
    Available.assumeOneDnn();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 5, 7", "2, 1, 9", "2, 9, 1", "16, 32, 16", "5, 17, 33", "1, 64, 10"})
  void equalsTheDefinition(int batch, int in, int out) {
    assertFollowsTheDefinition(random(batch, in, out));
  }

  @ParameterizedTest
  @CsvSource({"c, c", "c, f", "f, c", "f, f"})
  void weightsAndGradientsComeInAnyOrder(char weights, char gradient) {
    // Deeplearning4j's own are in 'f' order.
    DenseTrial trial = random(4, 6, 3);
    trial.weights = trial.weights.dup(weights);
    trial.orderOfGradient = gradient;

    assertFollowsTheDefinition(trial);
    assertEquals(gradient, trial.dw.ordering());
  }

  @Test
  void inputsComeInAnyOrder() {
    DenseTrial trial = random(4, 6, 3);
    trial.x = trial.x.dup('f');
    trial.dy = Images.random(3, 4).transpose();

    assertFollowsTheDefinition(trial);
  }

  @Test
  void aBiasIsARowOrAVectorOrMissing() {
    DenseTrial trial = random(4, 6, 3);
    trial.bias = Images.random(1, 3); // Deeplearning4j's own
    assertFollowsTheDefinition(trial);

    trial.bias = null;
    assertFollowsTheDefinition(trial);
  }

  @Test
  void scalesHaveNoEffect() {
    DenseTrial trial = random(4, 6, 3).run(memory.data_type.f32);
    INDArray y = trial.y;
    INDArray dw = trial.dw;

    for (int scales : new int[] {1, 3}) {
      trial.scale = Nd4j.valueArrayOf(new long[] {scales}, 0.0137f);
      trial.run(memory.data_type.f32);

      assertEquals(y, trial.y);
      assertEquals(dw, trial.dw);
    }
  }

  @Test
  void theInputGradientMayBeLeftOut() {
    DenseTrial trial = random(4, 6, 3).run(memory.data_type.f32);
    INDArray dw = Images.dirtyLike(trial.weights);

    new OneDnnDense(memory.data_type.f32)
        .backward(trial.x, KernelWeights.of(trial.weights), trial.dy, null, dw, null);

    assertEquals(trial.dw, dw);
  }

  private static void assertFollowsTheDefinition(DenseTrial trial) {
    trial.run(memory.data_type.f32);
    ReferenceDense reference = trial.reference();
    assertClose("y", reference.y, trial.y);
    assertClose("dx", reference.dx, trial.dx);
    assertClose("dw", reference.dw, trial.dw);
    if (trial.bias != null) {
      assertClose("db", reference.db, trial.db.reshape(trial.db.length()));
    }
  }

  private static DenseTrial random(int batch, int in, int out) {
    DenseTrial trial = new DenseTrial();
    trial.x = Images.random(batch, in);
    trial.weights = Images.random(in, out).dup('f');
    trial.bias = Images.random(out);
    trial.dy = Images.random(batch, out);
    return trial;
  }
}
