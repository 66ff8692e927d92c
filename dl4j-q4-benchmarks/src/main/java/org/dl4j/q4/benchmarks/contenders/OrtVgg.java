package org.dl4j.q4.benchmarks.contenders;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.BatchNormFolding;
import org.dl4j.q4.examples.model.Precision;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.infer.Calibration;
import org.dl4j.q4.onnx.OnnxExport;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;

/** The VGG that ships as an ONNX file, batch norm folded; random weights, as it begins. */
enum OrtVgg {
  /** The FP32 twin, all of it in FP32. */
  FP32 {
    @Override
    void write(Path file) throws IOException {
      export().build().write(BatchNormFolding.fold(network(Precision.FP32)).result(), file);
    }
  },

  /** 4-bit weights as INT8, 8-bit activations, calibrated on random images. */
  INT8 {
    @Override
    void write(Path file) throws IOException {
      MultiLayerNetwork network = network(Precision.Q4);
      SingletonDataSetIterator images =
          new SingletonDataSetIterator(new RandomImages(RandomImages.BATCH).next());
      export()
          .eightBitActivations(Calibration.ranges(network, images, 1))
          .build()
          .write(network, file);
    }
  };

  /**
   * @param file gets the network
   * @throws IOException if it cannot be written
   */
  abstract void write(Path file) throws IOException;

  private static OnnxExport.Builder export() {
    return OnnxExport.builder().imageSize(RandomImages.SIZE, RandomImages.SIZE);
  }

  private static MultiLayerNetwork network(Precision precision) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new Vgg4bit(RandomImages.CLASSES).precision(precision).configuration());
    network.init();
    return network;
  }
}
