package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.NonFiniteWeightException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class Q4StatsListenerTest {

  private final Reports reports = new Reports();

  private Q4StatsListener every(int iterations) {
    return Q4StatsListener.builder().frequency(iterations).route(reports).build();
  }

  private static double scale(INDArray weights) {
    return (weights.amaxNumber().doubleValue() + 1e-8) / 7;
  }

  /** The report of iteration n is on the weights as fit leaves them, which the clip has changed. */
  @Test
  void reportsWeightsAfterTheSoftClip() {
    MultiLayerNetwork network = StatsNetworks.network();
    List<Double> beforeClip = new ArrayList<>();
    network.setListeners(
        every(1),
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            beforeClip.add(scale(((MultiLayerNetwork) model).getParam("0_W")));
          }
        });
    List<Double> afterClip = new ArrayList<>();
    afterClip.add(scale(network.getParam("0_W")));
    for (int i = 0; i < 4; i++) {
      network.fit(StatsNetworks.batch());
      afterClip.add(scale(network.getParam("0_W")));
    }

    assertEquals(List.of(0, 1, 2, 3), reports.iterations());
    for (QuantizationReport report : reports.all) {
      assertEquals(afterClip.get(report.iteration()), report.layers().get(0).fit().scale(), 1e-15);
      if (report.iteration() > 0) {
        assertTrue(
            beforeClip.get(report.iteration() - 1) > 1.02 * afterClip.get(report.iteration()),
            "the clip shows in " + beforeClip + " and " + afterClip);
      }
    }
  }

  @Test
  void figuresAreThoseOfTheLayers() {
    MultiLayerNetwork network = StatsNetworks.network();
    QuantizationReport report = every(1).report(network);

    assertSame(report, reports.last());
    assertEquals(2, report.layers().size());
    LayerStatistics first = report.layers().get(0);
    assertEquals("layer0", first.layer());
    assertEquals("W", first.parameter());
    assertEquals(32, first.weights());
    INDArray weights = network.getParam("0_W");
    INDArray error = weights.sub(QuantizedWeights.values(network.getLayer(0)).get("W"));
    double ratio =
        Math.pow(weights.norm2Number().doubleValue() / error.norm2Number().doubleValue(), 2);
    assertEquals(10 * Math.log10(ratio), first.fit().sqnr(), 1e-9);
    assertArrayEquals(
        QuantizedWeights.of(network.getLayer(0)).get("W").histogram(), first.histogram().counts());
  }

  @Test
  void flipsAreThoseBetweenReports() {
    MultiLayerNetwork network = StatsNetworks.network();
    network.setListeners(every(3));
    List<INDArray> codes = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      codes.add(QuantizedWeights.of(network.getLayer(0)).get("W").codes());
      network.fit(StatsNetworks.batch());
    }

    assertEquals(List.of(0, 3, 6), reports.iterations());
    assertEquals(Double.NaN, reports.all.get(0).layers().get(0).changes().flipped());
    for (int i = 1; i < 3; i++) {
      double flipped =
          codes
              .get(3 * i)
              .neq(codes.get(3 * i - 3))
              .castTo(DataType.DOUBLE)
              .meanNumber()
              .doubleValue();
      assertTrue(flipped > 0, "weights flip");
      assertEquals(flipped, reports.all.get(i).layers().get(0).changes().flipped(), 1e-12);
    }
  }

  @Test
  void reportsByDistanceAndAtEndsOfEpochs() {
    MultiLayerNetwork network = StatsNetworks.network();
    network.setListeners(every(4));
    network.fit(StatsNetworks.batches(10), 2);

    assertEquals(List.of(0, 4, 8, 10, 14, 18, 20), reports.iterations());
    assertEquals(0, reports.all.get(3).epoch());
    assertEquals(1, reports.all.get(4).epoch());
    assertEquals(scale(network.getParam("0_W")), reports.last().layers().get(0).fit().scale(), 0);
  }

  @Test
  void endsOfShortEpochsWaitForHalfTheDistance() {
    MultiLayerNetwork network = StatsNetworks.network();
    network.setListeners(every(16)); // half is 8
    network.fit(StatsNetworks.batches(3), 7);
    assertEquals(List.of(0, 9, 18), reports.iterations());
  }

  @Test
  void endsOfEpochsCanBeLeftOut() {
    MultiLayerNetwork network = StatsNetworks.network();
    network.setListeners(
        Q4StatsListener.builder().frequency(4).epochEnds(false).route(reports).build());
    network.fit(StatsNetworks.batches(10), 2);
    assertEquals(List.of(0, 4, 8, 12, 16), reports.iterations());
  }

  @Test
  void reportsOnGraphs() {
    ComputationGraph graph = StatsNetworks.graph();
    graph.setListeners(every(4));
    graph.fit(StatsNetworks.batches(5), 2);

    assertEquals(List.of(0, 4, 8, 10), reports.iterations());
    assertEquals("first", reports.last().layers().get(0).layer());
    assertEquals("second", reports.last().layers().get(1).layer());
    assertEquals(scale(graph.getParam("first_W")), reports.last().layers().get(0).fit().scale(), 0);
  }

  @Test
  void trainingIsTheSameWithoutIt() {
    MultiLayerNetwork watched = StatsNetworks.network();
    MultiLayerNetwork unwatched = StatsNetworks.network();
    watched.setListeners(every(1));
    watched.fit(StatsNetworks.batches(5), 2);
    unwatched.fit(StatsNetworks.batches(5), 2);
    double[] expected = unwatched.params().dup().reshape(unwatched.numParams()).toDoubleVector();
    double[] found = watched.params().dup().reshape(watched.numParams()).toDoubleVector();
    assertArrayEquals(expected, found); // INDArray's equals has a tolerance
  }

  /** The next forward pass fails, so this report cannot wait for it. */
  @Test
  void reportsNanWeightsAtOnce() {
    MultiLayerNetwork network = StatsNetworks.network();
    network.setListeners(every(100));
    network.fit(StatsNetworks.batch());
    DataSet bad = StatsNetworks.batch();
    bad.getFeatures().putScalar(0, Double.NaN);
    network.fit(bad);

    assertEquals(List.of(0, 2), reports.iterations());
    assertEquals(32, reports.last().layers().get(0).nonFinite());
    assertEquals(WarningKind.NON_FINITE, reports.last().warnings().get(0).kind());
    assertThrows(NonFiniteWeightException.class, () -> network.fit(StatsNetworks.batch()));
  }

  @Test
  void networksDoNotMix() {
    MultiLayerNetwork one = StatsNetworks.network();
    MultiLayerNetwork other = StatsNetworks.network();
    other.params().negi();
    Q4StatsListener listener = every(1);
    listener.report(one);
    listener.report(other);
    listener.report(one);

    assertEquals(0, reports.all.get(0).network());
    assertEquals(1, reports.all.get(1).network());
    assertEquals(0, reports.all.get(2).network());
    assertEquals(Double.NaN, reports.all.get(1).layers().get(0).changes().flipped());
    assertEquals(0, reports.all.get(2).layers().get(0).changes().flipped(), 0);
  }

  @Test
  void aRouteThatFailsSaysSo() {
    Q4StatsListener listener =
        Q4StatsListener.builder()
            .route(
                report -> {
                  throw new IOException("disk full");
                })
            .build();
    UncheckedIOException error =
        assertThrows(UncheckedIOException.class, () -> listener.report(StatsNetworks.network()));
    assertEquals("The statistics of iteration 0 cannot be written: disk full", error.getMessage());
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> Q4StatsListener.builder().frequency(0));
    assertThrows(IllegalStateException.class, () -> Q4StatsListener.builder().build());
    Model layer = StatsNetworks.network().getLayer(0);
    assertThrows(IllegalArgumentException.class, () -> every(1).report(layer));
  }
}
