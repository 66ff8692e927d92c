package org.dl4j.q4.benchmarks.contenders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.Precision;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.junit.jupiter.api.Test;

class StockVggTest {

  @Test
  void hasTheParametersOfTheModelThatShipsLayerByLayer() {
    Vgg4bit ours =
        new Vgg4bit(RandomImages.CLASSES).precision(Precision.FP32).format(CNN2DFormat.NCHW);
    assertEquals(parameters(ours.configuration()), parameters(StockVgg.configuration()));
  }

  private static List<Map<String, Long>> parameters(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    List<Map<String, Long>> layers = new ArrayList<>();
    for (Layer layer : network.getLayers()) {
      Map<String, Long> lengths = new TreeMap<>();
      layer.paramTable().forEach((name, values) -> lengths.put(name, values.length()));
      if (!lengths.isEmpty()) { // a ReLU is a layer there, and part of batch normalization here
        layers.add(lengths);
      }
    }
    return layers;
  }
}
