package org.dl4j.q4.benchmarks.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.ImageNetwork;
import org.dl4j.q4.examples.model.Precision;
import org.dl4j.q4.examples.model.SimpleResNet4bit;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.onnx.OnnxExport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The paper's models, narrow, after a few steps of training. */
class ModelsTest {

  private static final int CLASSES = 10;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "vgg, NHWC, Q4",
    "vgg, NCHW, Q4",
    "vgg, NHWC, FP32",
    "vgg-graph, NHWC, Q4",
    "resnet, NHWC, Q4",
    "resnet, NCHW, Q4",
    "resnet, NCHW, FP32"
  })
  void sameOutputs(String model, CNN2DFormat format, Precision precision) throws Exception {
    ImageNetwork network = network(model, format, precision);
    Nd4j.getRandom().setSeed(1);
    for (int step = 0; step < 5; step++) {
      INDArray labels = Nd4j.eye(CLASSES).castTo(DataType.FLOAT);
      DataSet batch = new DataSet(Nd4j.randn(DataType.FLOAT, CLASSES, 3, 32, 32), labels);
      ((NeuralNetwork) network.model()).fit(batch);
    }
    Path file = folder.resolve("model.onnx");
    OnnxExport.standard().write(network.model(), file);

    INDArray images = Nd4j.randn(DataType.FLOAT, 1000, 3, 32, 32);
    Agreement agreement = new Agreement();
    try (OnnxModel onnx = new OnnxModel(file)) {
      agreement.add(network.output(images), onnx.output(images));
    }

    assertEquals(1000, agreement.images());
    assertEquals(1000, agreement.sameTop1());
    assertTrue(
        agreement.largestDifference() < OnnxReport.BOUND, () -> "" + agreement.largestDifference());
    assertTrue(agreement.largestDifference() > 0, "as if nothing had been computed twice");
  }

  private static ImageNetwork network(String model, CNN2DFormat format, Precision precision) {
    switch (model) {
      case "vgg":
        MultiLayerNetwork vgg =
            new MultiLayerNetwork(
                new Vgg4bit(CLASSES)
                    .width(0.2)
                    .format(format)
                    .precision(precision)
                    .configuration());
        vgg.init();
        return new ImageNetwork(vgg);
      case "vgg-graph":
        return graph(
            new ComputationGraph(
                new Vgg4bit(CLASSES)
                    .width(0.2)
                    .format(format)
                    .precision(precision)
                    .graphConfiguration()));
      default:
        return graph(
            new ComputationGraph(
                new SimpleResNet4bit(CLASSES)
                    .width(0.5)
                    .format(format)
                    .precision(precision)
                    .graphConfiguration()));
    }
  }

  private static ImageNetwork graph(ComputationGraph graph) {
    graph.init();
    return new ImageNetwork(graph);
  }
}
