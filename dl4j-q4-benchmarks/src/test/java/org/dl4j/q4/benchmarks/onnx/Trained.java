package org.dl4j.q4.benchmarks.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.onnx.OnnxExport;
import org.dl4j.q4.train.AdamW;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Small networks after a few steps, and what becomes of them in ONNX Runtime. */
final class Trained {

  static final int CLASSES = 5;

  private static final int BATCH = 10;
  private static final int STEPS = 4;
  private static final int EXAMPLES = 200;

  private Trained() {}

  /** What every network begins with. */
  static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder().seed(3).updater(new AdamW(0.01));
  }

  static void assertAgrees(MultiLayerNetwork network, long... exampleShape) throws Exception {
    network.init();
    train(network, exampleShape);
    INDArray examples = random(EXAMPLES, exampleShape);
    assertAgrees(network, examples, network.output(examples));
  }

  static void assertAgrees(ComputationGraph network, long... exampleShape) throws Exception {
    network.init();
    train(network, exampleShape);
    INDArray examples = random(EXAMPLES, exampleShape);
    assertAgrees(network, examples, network.outputSingle(examples));
  }

  /** So that running statistics, γ, β and biases are not what they are at the beginning. */
  private static void train(NeuralNetwork network, long... exampleShape) {
    Nd4j.getRandom().setSeed(4);
    for (int step = 0; step < STEPS; step++) {
      INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, CLASSES);
      for (int i = 0; i < BATCH; i++) {
        labels.putScalar(i, i % CLASSES, 1);
      }
      network.fit(new DataSet(random(BATCH, exampleShape), labels));
    }
  }

  /** Off centre, so that a mean has something to take away, and every example elsewhere. */
  static INDArray random(long count, long... exampleShape) {
    long[] shape = new long[exampleShape.length + 1];
    shape[0] = count;
    System.arraycopy(exampleShape, 0, shape, 1, exampleShape.length);
    long[] one = new long[shape.length];
    Arrays.fill(one, 1);
    one[0] = count;
    return Nd4j.randn(DataType.FLOAT, shape).addi(Nd4j.randn(DataType.FLOAT, one)).addi(0.4);
  }

  private static void assertAgrees(Model network, INDArray examples, INDArray expected)
      throws IOException, OrtException {
    Path file = Files.createTempFile("network-", ".onnx");
    try {
      OnnxExport.standard().write(network, file);
      Agreement agreement = new Agreement();
      try (OnnxModel onnx = new OnnxModel(file)) {
        agreement.add(expected, onnx.output(examples));
      }
      assertEquals(EXAMPLES, agreement.images());
      assertTrue(
          agreement.largestDifference() < OnnxReport.BOUND,
          () -> "" + agreement.largestDifference());
      assertEquals(EXAMPLES, agreement.sameTop1());
      assertTrue(
          expected.getRow(0).distance2(expected.getRow(1)) > 100 * OnnxReport.BOUND,
          "outputs that all are alike would show nothing");
    } finally {
      Files.delete(file);
    }
  }
}
