package org.dl4j.q4.samediff;

import static org.dl4j.q4.samediff.Bits.assertIdentical;
import static org.dl4j.q4.samediff.Bits.quantized;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A layer built of {@link SDQ4} inside a network of Deeplearning4j. */
class SameDiffLayerTest {

  private static final int IN = 6;
  private static final int HIDDEN = 5;
  private static final int CLASSES = 3;

  @TempDir private Path folder;

  private static MultiLayerNetwork network(
      DataType type, IUpdater updater, SameDiffDense... hidden) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(1).dataType(type).updater(updater).list();
    for (SameDiffDense layer : hidden) {
      layers.layer(layer);
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            layers
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(HIDDEN)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static SameDiffDense layer(boolean quantized) {
    return new SameDiffDense(IN, HIDDEN, quantized);
  }

  private static DataSet data(DataType type, int step) {
    int rows = 8;
    INDArray labels = Nd4j.zeros(type, rows, CLASSES);
    for (int i = 0; i < rows; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    return new DataSet(SmallCnn.random(step, type, rows, IN), labels);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void equalsTheLayerHoldingTheQuantizedWeights(DataType type) {
    MultiLayerNetwork q4 = network(type, new Sgd(0.1), layer(true));
    MultiLayerNetwork plain = network(type, new Sgd(0.1), layer(false));
    plain.params().assign(q4.params());
    INDArray w = q4.getParam("0_W");
    plain.getParam("0_W").assign(quantized(w.dup(), new Quantizer(4, Granularity.PER_TENSOR, 1)));
    DataSet data = data(type, 1);

    assertIdentical(
        "output", plain.output(data.getFeatures()).dup(), q4.output(data.getFeatures()).dup());
    for (MultiLayerNetwork network : new MultiLayerNetwork[] {plain, q4}) {
      network.setInput(data.getFeatures());
      network.setLabels(data.getLabels());
      network.computeGradientAndScore();
    }
    Map<String, INDArray> gradients = q4.gradient().gradientForVariable();
    assertIdentical(plain.gradient().gradientForVariable(), gradients);
    assertTrue(gradients.get("0_W").norm1Number().doubleValue() > 0);
  }

  @Test
  void theConstraintClipsOnceAfterEachUpdate() {
    MultiLayerNetwork network = network(DataType.DOUBLE, new Sgd(0), layer(true).softClip(0.4));
    INDArray before = network.params().dup();
    INDArray w = network.getParam("0_W").dup();

    for (int step = 0; step < 3; step++) {
      network.fit(data(DataType.DOUBLE, step));
      w = Transforms.tanh(w.div(0.4)).mul(0.4);
    }

    assertIdentical("W", w, network.getParam("0_W"));
    network.getParam("0_W").assign(0);
    before.get(NDArrayIndex.interval(0, IN * HIDDEN)).assign(0);
    assertIdentical("nothing else", before, network.params());
  }

  @Test
  void savedAndRestoredItTrainsOn() throws Exception {
    MultiLayerNetwork network = network(DataType.FLOAT, new Adam(0.01), layer(true).softClip(3));
    double start = network.score(data(DataType.FLOAT, 0));
    for (int step = 0; step < 20; step++) {
      network.fit(data(DataType.FLOAT, 0));
    }
    assertTrue(network.score(data(DataType.FLOAT, 0)) < 0.9 * start, "it learns");

    File file = folder.resolve("network.zip").toFile();
    ModelSerializer.writeModel(network, file, true);
    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file, true);
    assertEquals(network.getLayerWiseConfigurations(), restored.getLayerWiseConfigurations());
    for (int step = 0; step < 3; step++) {
      network.fit(data(DataType.FLOAT, step));
      restored.fit(data(DataType.FLOAT, step));
    }
    assertIdentical("parameters", network.params(), restored.params());
  }
}
