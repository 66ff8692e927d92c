package org.dl4j.q4.benchmarks.contenders;

import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.Precision;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.infer.Calibration;
import org.dl4j.q4.quant.ActivationRange;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;

/** The VGG that ships with random weights, as it begins. */
final class Vggs {

  private Vggs() {}

  static MultiLayerNetwork quantized() {
    return network(Precision.Q4);
  }

  /** The same network at full precision. */
  static MultiLayerNetwork twin() {
    return network(Precision.FP32);
  }

  /** Calibrated on random images. */
  static Map<String, ActivationRange> ranges(MultiLayerNetwork network) {
    return Calibration.ranges(
        network, new SingletonDataSetIterator(new RandomImages(RandomImages.BATCH).next()), 1);
  }

  private static MultiLayerNetwork network(Precision precision) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new Vgg4bit(RandomImages.CLASSES).precision(precision).configuration());
    network.init();
    return network;
  }
}
