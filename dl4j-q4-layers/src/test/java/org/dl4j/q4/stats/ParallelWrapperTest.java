package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.dl4j.q4.train.GlobalNormClipping;
import org.junit.jupiter.api.Test;

/** One listener for all copies of a network. */
class ParallelWrapperTest {

  @Test
  void copiesAreReportedOnEachForItself() throws Exception {
    Reports reports = new Reports();
    MultiLayerNetwork network = StatsNetworks.network();
    try (ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(network)
            .workers(2)
            .prefetchBuffer(0)
            .averagingFrequency(1)
            .build()) {
      wrapper.setListeners(
          Q4StatsListener.builder().frequency(1).route(reports).build(),
          new GlobalNormClipping(0.5));
      wrapper.fit(StatsNetworks.batches(8));
    }

    Map<Integer, Integer> last = new TreeMap<>();
    for (QuantizationReport report : reports.all) {
      Integer before = last.put(report.network(), report.iteration());
      assertTrue(before == null || before < report.iteration(), last + " goes up");
      for (LayerStatistics layer : report.layers()) {
        assertEquals(before == null, Double.isNaN(layer.changes().flipped()));
        assertEquals(before == null, Double.isNaN(layer.gradient().afterClipping()));
      }
    }
    assertFalse(last.isEmpty());
    assertEquals(2, last.size(), "two copies: " + last);
  }
}
