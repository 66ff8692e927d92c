package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dl4j.q4.quant.Granularity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class GridFitTest {

  /** Codes 7, 3, −2, 0, −7, 0: errors 0, 0.4, 0.4, 0.2, 0, 0. */
  @Test
  void sqnrAndScaleByHand() {
    GridFit fit = GridFit.of(Figures.tensor(7, 3.4, -1.6, 0.2, -7, 0));

    double signal = 49 + 11.56 + 2.56 + 0.04 + 49;
    double noise = 0.16 + 0.16 + 0.04;
    assertEquals(10 * Math.log10(signal / noise), fit.sqnr(), 1e-6);
    assertEquals(24.9354, fit.sqnr(), 1e-4);
    assertEquals(1, fit.scale(), 1e-8);
  }

  /** All channels have the codes 7 and 3, at scales of 1, 10 and 0.1. */
  @ParameterizedTest
  @ValueSource(chars = {'c', 'f'})
  void scalesOfChannelsInEitherOrder(char order) {
    INDArray weights =
        Nd4j.createFromArray(new double[][] {{7, 70, 0.7}, {3.4, 34, 0.34}}).dup(order);
    GridFit fit = GridFit.of(Figures.tensor(weights, Granularity.PER_CHANNEL, 1));

    assertEquals(10 * Math.log10((49 + 11.56) / 0.16), fit.sqnr(), 1e-5);
    assertEquals((1 + 10 + 0.1) / 3, fit.scale(), 1e-8);
    assertEquals(1, fit.outlierRatio(), 1e-12);
  }

  /** Channels in the first dimension of three, FLOAT, and a view that is a part of its buffer. */
  @ParameterizedTest
  @ValueSource(chars = {'c', 'f'})
  void channelsInAnotherDimensionOfAView(char order) {
    INDArray parameters = Nd4j.createFromArray(99f, 7, 70, 3.4f, 34, -1, 20, 0, 10);
    INDArray weights = parameters.get(NDArrayIndex.interval(1, 9)).reshape('f', 2, 2, 2);
    FlatTensor tensor = Figures.tensor(weights.dup(order), Granularity.PER_CHANNEL, 0);

    double noise = 0.16 + 16; // of 3.4 at scale 1 and of 34 at scale 10
    double signal = 49 + 4900 + 11.56 + 1156 + 1 + 400 + 0 + 100;
    assertEquals(10 * Math.log10(signal / noise), GridFit.of(tensor).sqnr(), 1e-4);
    assertEquals(5.5, GridFit.of(tensor).scale(), 1e-6);
    assertEquals(
        GridFit.of(tensor).sqnr(),
        GridFit.of(Figures.tensor(weights, Granularity.PER_CHANNEL, 0)).sqnr(),
        0);
  }

  @Test
  void withoutAnErrorThereIsNoNoise() {
    assertEquals(Double.POSITIVE_INFINITY, GridFit.of(Figures.tensor(0, 0)).sqnr());
    assertEquals(Double.NaN, GridFit.of(Figures.tensor(0, 0)).outlierRatio());
  }

  /** Ranks ⌈0.999 n⌉. */
  @ParameterizedTest
  @CsvSource({"1, 1", "999, 999", "1000, 999", "1001, 1000", "2000, 1998", "2001, 1999"})
  void percentileByNearestRank(int count, int expected) {
    List<Integer> numbers =
        IntStream.rangeClosed(1, count).boxed().collect(Collectors.toCollection(ArrayList::new));
    for (int order = 0; order < 3; order++) { // ascending, descending, mixed
      UpperPercentile percentile = new UpperPercentile(count);
      numbers.forEach(percentile::add);
      assertEquals(expected, percentile.value(), 0);
      assertEquals(count, percentile.largest(), 0);
      if (order == 0) {
        Collections.reverse(numbers);
      } else {
        Collections.shuffle(numbers, new Random(1));
      }
    }
  }

  /** Of 2000 weights of magnitude 0.5 and one of 7: rank 1999 of 2001 is 0.5. */
  @Test
  void outlierRatioByHand() {
    INDArray weights = Nd4j.valueArrayOf(new long[] {2001}, -0.5, DataType.DOUBLE);
    weights.putScalar(1234, 7);
    assertEquals(14, GridFit.of(Figures.tensor(weights.toDoubleVector())).outlierRatio(), 1e-12);
  }

  @Test
  void histogramByHand() {
    CodeHistogram histogram =
        Figures.first(Figures.tensor(7, 3.4, -1.6, 0.2, -7, 0, 0.4, 7, 2.5, 3.5)).histogram();

    // 2.5 and 3.5 round half to even, to 2 and 4, up to the quantizer's ε, which takes them below
    assertArrayEquals(new long[] {1, 0, 0, 0, 0, 1, 0, 3, 0, 1, 2, 0, 0, 0, 2}, histogram.counts());
    assertEquals(15, histogram.levels());
    assertEquals(6, histogram.levelsUsed());
    assertArrayEquals(new int[] {-6, -5, -4, -3, -1, 1, 4, 5, 6}, histogram.deadLevels());
    assertEquals(0.3, histogram.saturated(), 1e-15);
  }
}
