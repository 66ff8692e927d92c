package org.dl4j.q4.benchmarks.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.ImageNetwork;
import org.dl4j.q4.examples.model.SimpleResNet4bit;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.infer.Calibration;
import org.dl4j.q4.onnx.OnnxExport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** The paper's models, narrow, after a few steps of training, in integers. */
class EightBitModelsTest {

  private static final int CLASSES = 10;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"vgg, NHWC, 6, 2", "vgg, NCHW, 6, 2", "resnet, NHWC, 6, 1", "resnet, NCHW, 6, 1"})
  void sameClasses(String model, CNN2DFormat format, int convolutions, int dense) throws Exception {
    ImageNetwork network = network(model, format);
    Nd4j.getRandom().setSeed(1);
    INDArray centres = Nd4j.randn(DataType.FLOAT, CLASSES, 3, 32, 32);
    INDArray labels = Nd4j.eye(CLASSES).castTo(DataType.FLOAT);
    for (int step = 0; step < 40; step++) {
      network.fit(new SingletonDataSetIterator(new DataSet(near(centres, 1), labels)));
    }
    DataSet calibration = new DataSet(near(centres, 10), Nd4j.zeros(10 * CLASSES, CLASSES));
    Path file = folder.resolve("model.onnx");
    OnnxExport.builder()
        .eightBitActivations(
            Calibration.ranges(network.model(), new SingletonDataSetIterator(calibration), 1))
        .build()
        .write(network.model(), file);

    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OptimizedGraph graph = OptimizedGraph.of(file, options);
      graph.requireIntegers();
      assertEquals(convolutions, graph.operators().get("QLinearConv"));
      assertEquals(dense, graph.operators().get("QGemm"));
    }
    INDArray images = near(centres, 100);
    Agreement agreement = new Agreement();
    try (OnnxModel onnx = new OnnxModel(file)) {
      agreement.add(network.output(images), onnx.output(images));
    }
    assertEquals(1000, agreement.images());
    assertTrue(agreement.sameTop1() >= 990, () -> agreement.sameTop1() + " of 1000");
    assertTrue(agreement.largestDifference() > 0, "as if nothing had been rounded");
  }

  /** Of each centre, some images with noise on top. */
  private static INDArray near(INDArray centres, int each) {
    INDArray images = Nd4j.tile(centres, each, 1, 1, 1);
    return images.addi(Nd4j.randn(DataType.FLOAT, images.shape()).muli(0.5));
  }

  private static ImageNetwork network(String model, CNN2DFormat format) {
    if (model.equals("vgg")) {
      MultiLayerNetwork vgg =
          new MultiLayerNetwork(
              new Vgg4bit(CLASSES).width(0.2).dropout(0).format(format).configuration());
      vgg.init();
      return new ImageNetwork(vgg);
    }
    ComputationGraph resnet =
        new ComputationGraph(
            new SimpleResNet4bit(CLASSES).width(0.5).format(format).graphConfiguration());
    resnet.init();
    return new ImageNetwork(resnet);
  }
}
