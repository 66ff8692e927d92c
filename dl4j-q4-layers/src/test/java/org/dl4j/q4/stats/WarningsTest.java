package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WarningsTest {

  private static List<WarningKind> kinds(LayerStatistics layer) {
    return Warnings.of(layer).stream().map(StatsWarning::kind).collect(Collectors.toList());
  }

  private static double[] gaussian(int count) {
    Random random = new Random(5);
    double[] weights = new double[count];
    Arrays.setAll(weights, i -> 0.05 * random.nextGaussian());
    return weights;
  }

  @Test
  void healthyWeightsHaveNone() {
    assertEquals(List.of(), kinds(Figures.first(Figures.tensor(gaussian(100_000)))));
  }

  @Test
  void oneOutlierStretchesTheScale() {
    double[] weights = gaussian(100_000);
    weights[17] = 1; // 20 standard deviations; codes −1 to 1, and −2, 2 at 0.21, hold the others
    LayerStatistics layer = Figures.first(Figures.tensor(weights));

    assertEquals(List.of(WarningKind.DEAD_LEVELS, WarningKind.OUTLIER), kinds(layer));
    StatsWarning warning = Warnings.of(layer).get(1);
    assertEquals("conv", warning.layer());
    assertEquals("W", warning.parameter());
    assertTrue(
        warning.message().contains(String.format(Locale.ROOT, "%.1f", layer.fit().outlierRatio())),
        warning.message());
  }

  /** A fixed scale that the outlier lies far beyond: the others use the whole grid. */
  @Test
  void anOutlierBeyondAFixedScaleStretchesNothing() {
    double[] weights = gaussian(100_000);
    weights[17] = 1;
    FlatTensor dynamic = Figures.tensor(gaussian(100_000));
    GridFit stretched = GridFit.of(Figures.tensor(weights));
    LayerStatistics layer =
        new LayerStatistics(
            "conv",
            "W",
            100_000,
            0,
            CodeHistogram.of(dynamic.codes, 7),
            CodeChanges.UNKNOWN,
            stretched,
            GradientNorm.UNKNOWN);
    assertEquals(List.of(), kinds(layer));
  }

  @Test
  void deadLevelsCountFromAFifthOn() {
    double[] weights = new double[300];
    Arrays.setAll(weights, i -> i % 15 - 7);
    assertEquals(List.of(), kinds(Figures.first(Figures.tensor(weights))));

    double[] twoDead = Arrays.stream(weights).map(w -> w == 6 || w == 5 ? 4 : w).toArray();
    assertEquals(List.of(), kinds(Figures.first(Figures.tensor(twoDead))));

    double[] threeDead = Arrays.stream(twoDead).map(w -> w == -6 ? 4 : w).toArray();
    LayerStatistics layer = Figures.first(Figures.tensor(threeDead));
    assertEquals(List.of(WarningKind.DEAD_LEVELS), kinds(layer));
    assertTrue(
        Warnings.of(layer).get(0).message().startsWith("3 of 15 levels are dead: [-6, 5, 6]"));

    double[] few = Arrays.copyOf(threeDead, 299); // fewer than 20 weights a level
    assertEquals(List.of(), kinds(Figures.first(Figures.tensor(few))));
  }

  @Test
  void flipsThatDoNotSettle() {
    CodeChanges unsettled = new CodeChanges(0.02, 0.01, 0.9, 0);
    assertEquals(List.of(WarningKind.UNSETTLED), kinds(Figures.with(unsettled)));
    assertEquals(List.of(), kinds(Figures.with(new CodeChanges(0.0099, 0.009, 1, 0))));
    assertEquals(List.of(), kinds(Figures.with(new CodeChanges(0.02, 0.0099, 1, 0))));
    assertEquals(List.of(), kinds(Figures.with(new CodeChanges(0.02, 0.02, 0.89, 0))));
    assertEquals(List.of(), kinds(Figures.with(new CodeChanges(0.02, 0.02, Double.NaN, 0))));
  }

  @Test
  void nonFiniteWeights() {
    LayerStatistics layer =
        LayerStatistics.withoutCodes(
            "conv",
            "W",
            new double[] {1, Double.NaN, Double.NEGATIVE_INFINITY},
            GradientNorm.UNKNOWN);
    assertEquals(List.of(WarningKind.NON_FINITE), kinds(layer));
    assertTrue(Warnings.of(layer).get(0).message().startsWith("2 of 3 weights are NaN"));
  }
}
