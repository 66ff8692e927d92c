package org.dl4j.q4.samediff;

import static org.dl4j.q4.samediff.Bits.assertIdentical;
import static org.dl4j.q4.samediff.Bits.quantized;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code sd.fit} on a 4-bit graph against the method written out: gradients of the stock graph
 * holding the quantized weights, the updater's step on the float weights, the soft clip.
 */
class TrainingTest {

  private static final List<String> WEIGHTS = List.of("kernel", "weights");
  private static final int STEPS = 6;

  @ParameterizedTest
  @CsvSource({
    "FLOAT, PER_TENSOR, 3, true",
    "DOUBLE, PER_TENSOR, 0.5, true",
    "DOUBLE, PER_CHANNEL, 0.5, false"
  })
  void batchByBatch(DataType type, Granularity granularity, double alpha, boolean adam) {
    assertIsTheMethodWrittenOut(
        type, granularity, alpha, adam, q4 -> SmallCnn.fit(q4, type, 0, STEPS));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, PER_TENSOR, 3, true", "DOUBLE, PER_CHANNEL, 0.5, false"})
  void overAnIterator(DataType type, Granularity granularity, double alpha, boolean adam) {
    List<DataSet> batches =
        IntStream.range(0, STEPS)
            .mapToObj(step -> SmallCnn.batch(type, step))
            .collect(Collectors.toList());
    ArrayCache.without(
        () ->
            assertIsTheMethodWrittenOut(
                type,
                granularity,
                alpha,
                adam,
                q4 -> q4.fit(new ExistingDataSetIterator(batches), 1)));
  }

  private static void assertIsTheMethodWrittenOut(
      DataType type,
      Granularity granularity,
      double alpha,
      boolean adam,
      Consumer<SameDiff> training) {
    IUpdater updater = adam ? new Adam(0.01) : new Sgd(0.1);
    WeightQuantization options =
        WeightQuantization.PAPER.withGranularity(granularity).withSoftClip(alpha);
    SameDiff q4 = SmallCnn.quantized(type, options);
    SmallCnn.train(q4, updater);
    q4.setListeners(new SoftClipListener());
    Map<String, INDArray> start = Bits.variables(q4);

    training.accept(q4);

    Map<String, INDArray> expected = byHand(type, granularity, alpha, updater);
    assertIdentical(expected, Bits.variables(q4));
    expected.forEach((name, array) -> assertNotEquals(start.get(name), array, name + " learns"));
  }

  private static Map<String, INDArray> byHand(
      DataType type, Granularity granularity, double alpha, IUpdater updater) {
    Map<String, INDArray> floats = Bits.variables(SmallCnn.stock(type));
    Map<String, GradientUpdater<?>> updaters = new HashMap<>();
    floats.forEach(
        (name, array) -> {
          long stateSize = updater.stateSize(array.length());
          updaters.put(
              name,
              updater.instantiate(stateSize == 0 ? null : Nd4j.zeros(type, 1, stateSize), true));
        });
    for (int step = 0; step < STEPS; step++) {
      // A new graph each time: see ArrayCache.
      SameDiff stock = SmallCnn.stock(type);
      for (Map.Entry<String, INDArray> variable : floats.entrySet()) {
        INDArray values = variable.getValue();
        if (WEIGHTS.contains(variable.getKey())) {
          values = quantized(values, new Quantizer(4, granularity, values.rank() - 1));
        }
        stock.getVariable(variable.getKey()).getArr().assign(values);
      }
      Map<String, INDArray> gradients =
          stock.calculateGradients(SmallCnn.placeholders(type, step), floats.keySet());
      for (Map.Entry<String, INDArray> variable : floats.entrySet()) {
        INDArray update = gradients.get(variable.getKey()).dup();
        updaters.get(variable.getKey()).applyUpdater(update, step, 0);
        variable.getValue().subi(update);
        if (WEIGHTS.contains(variable.getKey()) && alpha > 0) {
          INDArray w = variable.getValue();
          w.assign(Transforms.tanh(w.div(alpha)).mul(alpha));
        }
      }
    }
    return floats;
  }
}
