package org.dl4j.q4.samediff;

import static org.dl4j.q4.samediff.Bits.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

/** With a learning rate of 0 the clip is all that happens, so its applications can be counted. */
class SoftClipListenerTest {

  private static final DataType TYPE = DataType.DOUBLE;

  private static SameDiff still(double alpha, Listener... listeners) {
    SameDiff sd = SmallCnn.quantized(TYPE, WeightQuantization.PAPER.withSoftClip(alpha));
    SmallCnn.train(sd, new Sgd(0));
    sd.setListeners(listeners);
    return sd;
  }

  private static INDArray clipped(int times, double alpha, INDArray weights) {
    INDArray w = weights;
    for (int i = 0; i < times; i++) {
      w = Transforms.tanh(w.div(alpha)).mul(alpha);
    }
    return w;
  }

  @Test
  void everyFakeQuantizedVariableAtItsOwnAlpha() {
    SameDiff sd = still(0.7, new SoftClipListener());
    Map<String, INDArray> before = Bits.variables(sd);

    SmallCnn.fit(sd, TYPE, 0, 3);

    Map<String, INDArray> after = Bits.variables(sd);
    for (String name : List.of("kernel", "weights")) {
      assertIdentical(name, clipped(3, 0.7, before.get(name)), after.get(name));
    }
    for (String name : List.of("bias", "scoreBias")) {
      assertIdentical(name, before.get(name), after.get(name));
    }
  }

  @Test
  void onlyChosenVariables() {
    SameDiff sd = still(0, new SoftClipListener(0.3, List.of("bias", "weights")));
    Map<String, INDArray> before = Bits.variables(sd);

    sd.fit(new SingletonDataSetIterator(SmallCnn.batch(TYPE, 0)), 2);

    Map<String, INDArray> after = Bits.variables(sd);
    for (String name : List.of("bias", "weights")) {
      assertIdentical(name, clipped(2, 0.3, before.get(name)), after.get(name));
    }
    for (String name : List.of("kernel", "scoreBias")) {
      assertIdentical(name, before.get(name), after.get(name));
    }
  }

  @Test
  void afterTheUpdate() {
    SameDiff sd = still(0.7, new SoftClipListener());
    SmallCnn.train(sd, new Sgd(0.5));
    Map<String, INDArray> before = Bits.variables(sd);
    INDArray gradient =
        sd.calculateGradients(SmallCnn.placeholders(TYPE, 0), "weights").get("weights").dup();

    SmallCnn.fit(sd, TYPE, 0, 1);

    INDArray updated = before.get("weights").sub(gradient.mul(0.5));
    assertIdentical("weights", clipped(1, 0.7, updated), sd.getVariable("weights").getArr());
  }

  @Test
  void notInInferenceAndEvaluation() {
    SameDiff sd = still(0.7, new SoftClipListener());
    Map<String, INDArray> before = Bits.variables(sd);

    sd.outputSingle(SmallCnn.placeholders(TYPE, 0), "scores");
    sd.evaluate(new SingletonDataSetIterator(SmallCnn.batch(TYPE, 0)), "scores", new Evaluation());

    assertIdentical(before, Bits.variables(sd));
  }

  @Test
  void notWithoutAnUpdate() {
    SameDiff sd = still(0.7, new SoftClipListener());
    new SDQ4(sd).fakeQuantize(sd.var("idle", Nd4j.ones(TYPE, 2, 2)));

    SmallCnn.fit(sd, TYPE, 0, 1);

    assertIdentical("idle", Nd4j.ones(TYPE, 2, 2), sd.getVariable("idle").getArr());
  }

  @Test
  void unknownVariables() {
    SameDiff sd = still(0, new SoftClipListener(3, List.of("kernle")));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SmallCnn.fit(sd, TYPE, 0, 1));
    assertTrue(e.getMessage().startsWith("No variable \"kernle\" to clip"), e::getMessage);
    assertTrue(e.getMessage().contains("[bias, kernel, scoreBias, weights]"), e::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "scores"})
  void whatIsNotTrained(String name) {
    SameDiff sd = still(0, new SoftClipListener(3, List.of(name)));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SmallCnn.fit(sd, TYPE, 0, 1));
    assertTrue(e.getMessage().startsWith("Only a VARIABLE can be clipped"), e::getMessage);
  }

  @Test
  void nothingToClip() {
    SameDiff sd = still(0, new SoftClipListener());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> SmallCnn.fit(sd, TYPE, 0, 1));
    assertTrue(e.getMessage().startsWith("No variable to clip"), e::getMessage);
  }

  @Test
  void twoAlphasForOneVariable() {
    SameDiff sd = still(0.7, new SoftClipListener());
    new SDQ4(sd).fakeQuantize(sd.getVariable("kernel"));
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> SmallCnn.fit(sd, TYPE, 0, 1));
    assertEquals(
        "Variable \"kernel\" is fake-quantized twice, with soft clip 0.7 and 3.0, where there can"
            + " be one",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void alphaMustBePositive(double alpha) {
    assertThrows(IllegalArgumentException.class, () -> new SoftClipListener(alpha, List.of("w")));
  }

  @Test
  void atLeastOneName() {
    assertThrows(IllegalArgumentException.class, () -> new SoftClipListener(3, List.of()));
  }
}
