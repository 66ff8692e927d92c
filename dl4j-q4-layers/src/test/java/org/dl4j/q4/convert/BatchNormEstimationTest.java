package org.dl4j.q4.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Running statistics after an estimation are those of the batches. */
class BatchNormEstimationTest {

  private static DataSetIterator batches(INDArray... features) {
    List<DataSet> batches = new ArrayList<>();
    for (INDArray images : features) {
      batches.add(new DataSet(images, Nd4j.zeros(DataType.DOUBLE, images.size(0), 3)));
    }
    return new ListDataSetIterator<>(batches, 1);
  }

  /** Inference on the only batch is then what training computes of it. */
  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void ofOneBatch(CNN2DFormat format) {
    MultiLayerNetwork network = BatchNormNetworks.network(format);
    INDArray images = BatchNormNetworks.input(format, 7);
    List<INDArray> training = network.feedForward(images, true);
    INDArray expected = training.get(training.size() - 1).dup();
    assertTrue(expected.distance2(network.output(images)) > 1e-2);

    assertEquals(5, BatchNormEstimation.estimate(network, batches(images), 1));

    double error = expected.distance2(network.output(images));
    assertEquals(0, error, 1e-11 * expected.norm2Number().doubleValue());
  }

  @Test
  void ofOneBatchOfAGraph() {
    ComputationGraph graph = BatchNormNetworks.graph();
    INDArray images = BatchNormNetworks.images(7);
    INDArray expected = graph.feedForward(images, true).get("output").dup();

    assertEquals(3, BatchNormEstimation.estimate(graph, batches(images), 1));

    double error = expected.distance2(graph.outputSingle(images));
    assertEquals(0, error, 1e-11 * expected.norm2Number().doubleValue());
  }

  /** The means over two batches of each one's mean and variance; the first layer's, by hand. */
  @Test
  void ofTwoBatches() {
    MultiLayerNetwork network = BatchNormNetworks.network(CNN2DFormat.NCHW);
    INDArray one = BatchNormNetworks.images(7);
    INDArray other = BatchNormNetworks.images(8).mul(2);

    BatchNormEstimation.estimate(network, batches(one, other), 2);

    INDArray mean = null;
    INDArray variance = null;
    for (INDArray images : List.of(one, other)) {
      INDArray maps = network.feedForwardToLayer(0, images).get(1);
      INDArray m = maps.mean(0, 2, 3);
      INDArray v = maps.mul(maps).mean(0, 2, 3).sub(m.mul(m));
      mean = mean == null ? m : mean.add(m).div(2);
      variance = variance == null ? v : variance.add(v).div(2);
    }
    assertEquals(0, mean.distance2(network.getParam("1_mean").reshape(4)), 1e-12);
    assertEquals(0, variance.distance2(network.getParam("1_var").reshape(4)), 1e-12);
  }

  @Test
  void saysHowManyBatchesThereAre() {
    MultiLayerNetwork network = BatchNormNetworks.network(CNN2DFormat.NCHW);
    INDArray before = network.params().dup();
    DataSetIterator batches = batches(BatchNormNetworks.images(7));

    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> BatchNormEstimation.estimate(network, batches, 2));

    assertEquals("Expected 2 batches to estimate batch norm from, found 1", failure.getMessage());
    assertEquals(before, network.params());
  }
}
