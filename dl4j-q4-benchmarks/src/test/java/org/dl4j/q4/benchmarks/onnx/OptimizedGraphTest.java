package org.dl4j.q4.benchmarks.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.onnx.OnnxExport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

class OptimizedGraphTest {

  @TempDir private Path folder;

  /** 4-bit weights alone do not make integer arithmetic: they are dequantized beforehand. */
  @Test
  void floatsAreNotTakenForIntegers() throws Exception {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Trained.builder()
                .list(
                    new Q4ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                    new Q4OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
    network.init();
    Path file = folder.resolve("network.onnx");
    OnnxExport.standard().write(network, file);

    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OptimizedGraph graph = OptimizedGraph.of(file, options);
      assertEquals(1, graph.operators().get("Softmax"));
      String message =
          assertThrows(IllegalStateException.class, graph::requireIntegers).getMessage();
      assertTrue(message.startsWith("Expected QLinearConv in the graph"), message);
      assertTrue(message.contains("1 Softmax"), message);
    }
  }
}
