package org.dl4j.q4.samediff;

import static org.dl4j.q4.samediff.Bits.assertIdentical;
import static org.dl4j.q4.samediff.Bits.quantized;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.NonFiniteWeightException;
import org.dl4j.q4.quant.Quantizer;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FakeQuantizeTest {

  private static final Quantizer PAPER = new Quantizer(4, Granularity.PER_TENSOR, 0);

  @Test
  void valuesByHand() {
    SameDiff sd = SameDiff.create();
    SDVariable weights = sd.var("w", Nd4j.createFromArray(-7.0, 0.4, -0.4, 2.5, 3.5, 6.6));

    INDArray values = new SDQ4(sd).fakeQuantize(weights).eval();

    // The scale is 1 + 1e-8/7, so 2.5 and 3.5 are a little less than half-way codes.
    double s = (7 + 1e-8) / 7;
    assertIdentical("values", Nd4j.createFromArray(-7 * s, 0, 0, 2 * s, 3 * s, 7 * s), values);
  }

  @Test
  void readsTheWeightsAnewAtEachPass() {
    SameDiff sd = SameDiff.create();
    SDVariable weights = sd.var("w", SmallCnn.random(1, DataType.FLOAT, 4, 3));
    SDVariable values = new SDQ4(sd).fakeQuantize(weights);
    INDArray first = values.eval();
    INDArray kept = first.dup();

    weights.getArr().muli(-3);

    assertIdentical("new", quantized(weights.getArr(), PAPER), values.eval());
    assertIdentical("an earlier result is not written over", kept, first);
  }

  @Test
  void quantizesWhatAnOperationGives() {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, 3);
    new SDQ4(sd).fakeQuantize("q", x.mul(2));
    for (int rows : new int[] {4, 2, 5}) {
      INDArray input = SmallCnn.random(rows, DataType.FLOAT, rows, 3);
      assertIdentical(
          "values", quantized(input.mul(2), PAPER), sd.outputSingle(Map.of("x", input), "q"));
    }
  }

  @Test
  void insideAWorkspace() {
    SameDiff sd = SameDiff.create();
    SDVariable weights = sd.var("w", SmallCnn.random(1, DataType.FLOAT, 4, 3));
    SDVariable values = new SDQ4(sd).fakeQuantize(weights);
    for (int i = 0; i < 3; i++) {
      try (MemoryWorkspace scope =
          Nd4j.getWorkspaceManager().getAndActivateWorkspace("FakeQuantizeTest")) {
        weights.getArr().muli(1.5);
        assertIdentical("values", quantized(weights.getArr(), PAPER), values.eval());
      }
    }
  }

  @Test
  void inAnEagerGraph() {
    SameDiff sd = SameDiff.create();
    sd.setEagerMode(true);
    INDArray weights = SmallCnn.random(1, DataType.FLOAT, 4, 3);

    SDVariable values = new SDQ4(sd).fakeQuantize(sd.var("w", weights));

    assertIdentical("values", quantized(weights, PAPER), values.getArr());
  }

  @Test
  void executedByItself() {
    INDArray weights = SmallCnn.random(1, DataType.FLOAT, 4, 3);
    FakeQuantize op = new FakeQuantize();
    op.addIArgument(4, 0, 0);
    op.addTArgument(3.0);
    op.addInputArgument(weights);

    assertIdentical("values", quantized(weights, PAPER), Nd4j.exec(op)[0]);
  }

  @Test
  void threadsShareAGraph() throws Exception {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, 64, 64);
    new SDQ4(sd).fakeQuantize("q", x);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> results = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        INDArray input = SmallCnn.random(thread, DataType.FLOAT, 64, 64);
        INDArray expected = quantized(input, PAPER);
        results.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    assertIdentical("q", expected, sd.outputSingle(Map.of("x", input), "q"));
                  }
                }));
      }
      for (Future<?> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void divergedWeightsAreNamed() {
    SameDiff sd = SameDiff.create();
    SDVariable weights = sd.var("kernel", Nd4j.createFromArray(1f, Float.NaN, 2f));
    SDVariable values = new SDQ4(sd).fakeQuantize(weights);

    NonFiniteWeightException e = assertThrows(NonFiniteWeightException.class, values::eval);

    assertTrue(e.getMessage().startsWith("Variable \"kernel\" cannot be quantized"), e::getMessage);
  }

  @Test
  void otherTypesAreRefused() {
    SameDiff sd = SameDiff.create();
    SDVariable integers = sd.constant("counts", Nd4j.createFromArray(1, 2));

    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new SDQ4(sd).fakeQuantize("q", integers));

    assertEquals(
        "Variable \"counts\" must be FLOAT or DOUBLE to be fake-quantized; it is INT",
        e.getMessage());
  }

  @Test
  void aMissingChannelDimensionIsRefused() {
    SameDiff sd = SameDiff.create();
    SDVariable weights = sd.var("w", Nd4j.ones(2, 3));
    SDQ4 perChannel =
        new SDQ4(sd, WeightQuantization.PAPER.withGranularity(Granularity.PER_CHANNEL));
    for (int dimension : new int[] {-1, 2}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> perChannel.fakeQuantize("q", weights, dimension));
      assertEquals(
          "Variable \"w\" has the dimensions 0 to 1, of which the channels must be one; got "
              + dimension,
          e.getMessage());
    }
    SDVariable vector = sd.var("v", Nd4j.ones(3));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> perChannel.fakeQuantize("q", vector));
    assertEquals(
        "Variable \"v\" must have 2 dimensions or more for a scale per channel; it has 1",
        e.getMessage());
  }
}
