package org.dl4j.q4.benchmarks.contenders;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.BatchNormFolding;
import org.dl4j.q4.onnx.OnnxExport;

/** The VGG that ships as an ONNX file, batch norm folded; random weights, as it begins. */
enum OrtVgg {
  /** The FP32 twin, all of it in FP32. */
  FP32 {
    @Override
    void write(Path file) throws IOException {
      export().build().write(BatchNormFolding.fold(Vggs.twin()).result(), file);
    }
  },

  /** 4-bit weights as INT8, 8-bit activations, calibrated on random images. */
  INT8 {
    @Override
    void write(Path file) throws IOException {
      MultiLayerNetwork network = Vggs.quantized();
      export().eightBitActivations(Vggs.ranges(network)).build().write(network, file);
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
}
