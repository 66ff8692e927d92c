package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4LSTM;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.layers.Q4RnnOutputLayer;
import org.dl4j.q4.train.GlobalNormClipping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GradientNormsInReportsTest {

  private final Reports reports = new Reports();

  /** y = w·x + b, all 0, loss (y − 1)² of x = (3, 4): the gradient is −2·(3, 4, 1). */
  private static final INDArray FEATURES = Nd4j.createFromArray(new double[][] {{3, 4}, {3, 4}});

  private static final INDArray LABELS = Nd4j.createFromArray(new double[][] {{1}, {1}});
  private static final double NORM = 2 * Math.sqrt(26);

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).updater(new Sgd(0.1));
  }

  private static MultiLayerNetwork network(TrainingListener... listeners) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            builder()
                .list()
                .layer(
                    new Q4OutputLayer.Builder(LossFunction.MSE)
                        .nIn(2)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    network.params().assign(0);
    network.setListeners(listeners);
    return network;
  }

  private Q4StatsListener every(int iterations) {
    return Q4StatsListener.builder().frequency(iterations).route(reports).build();
  }

  private void assertNorms(double factor, QuantizationReport report) {
    assertEquals(1, report.iteration());
    assertEquals(NORM, report.gradient().beforeClipping(), 1e-12);
    assertEquals(NORM * factor, report.gradient().afterClipping(), 1e-12);
    GradientNorm weights = report.layers().get(0).gradient();
    assertEquals(10, weights.beforeClipping(), 1e-12); // without the bias's
    assertEquals(10 * factor, weights.afterClipping(), 1e-12);
  }

  /** Whichever of the two was added first. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTheStepThatMadeTheWeights(boolean clippingFirst) {
    TrainingListener statistics = every(1);
    TrainingListener clipping = new GlobalNormClipping(0.5);
    MultiLayerNetwork network =
        clippingFirst ? network(clipping, statistics) : network(statistics, clipping);
    network.fit(FEATURES, LABELS);
    network.fit(FEATURES, LABELS);

    assertEquals(List.of(0, 1), reports.iterations());
    assertTrue(Double.isNaN(reports.all.get(0).gradient().beforeClipping()), "no step yet");
    assertNorms(0.5 / (NORM + 1e-6), reports.all.get(1));
  }

  @Test
  void withoutClippingBothAreTheSame() {
    MultiLayerNetwork network = network(every(1));
    network.fit(FEATURES, LABELS);
    network.fit(FEATURES, LABELS);
    assertNorms(1, reports.all.get(1));
  }

  @Test
  void withoutClippingTheyAreMeasuredOnlyBeforeReports() {
    Q4StatsListener listener = every(4);
    MultiLayerNetwork network = network(listener);
    network.fit(FEATURES, LABELS);
    assertTrue(Double.isNaN(listener.report(network).gradient().beforeClipping()));
  }

  @Test
  void withClippingTheyAreAlwaysKnown() {
    Q4StatsListener listener = every(4);
    MultiLayerNetwork network = network(listener, new GlobalNormClipping(0.5));
    network.fit(FEATURES, LABELS);
    assertNorms(0.5 / (NORM + 1e-6), listener.report(network));
  }

  @Test
  void ofFrozenLayersThereAreNone() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            builder()
                .list()
                .layer(new FrozenLayer(new Q4DenseLayer.Builder().nIn(2).nOut(3).build()))
                .layer(
                    new Q4OutputLayer.Builder(LossFunction.MSE)
                        .nIn(3)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    network.setListeners(every(1));
    network.fit(FEATURES, LABELS);
    network.fit(FEATURES, LABELS);

    assertEquals(6, reports.last().layers().get(0).weights());
    assertTrue(Double.isNaN(reports.last().layers().get(0).gradient().beforeClipping()));
    assertFalse(Double.isNaN(reports.last().layers().get(1).gradient().beforeClipping()));
  }

  @Test
  void ofEachDirectionOfARecurrentLayer() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            builder()
                .list()
                .layer(
                    new Bidirectional(
                        Bidirectional.Mode.ADD, new Q4LSTM.Builder().nIn(2).nOut(3).build()))
                .layer(
                    new Q4RnnOutputLayer.Builder(LossFunction.MSE)
                        .nIn(3)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.recurrent(2))
                .build());
    network.init();
    network.setListeners(every(1));
    for (int i = 0; i < 2; i++) {
      network.fit(Nd4j.rand(DataType.DOUBLE, 2, 2, 5), Nd4j.rand(DataType.DOUBLE, 2, 1, 5));
    }

    double squares = 0;
    StringBuilder names = new StringBuilder();
    for (LayerStatistics layer : reports.last().layers()) {
      names.append(layer.parameter()).append(' ');
      squares += Math.pow(layer.gradient().beforeClipping(), 2);
    }
    assertEquals("fW fRW bW bRW W ", names.toString());
    assertTrue(squares > 0 && Math.sqrt(squares) < reports.last().gradient().beforeClipping());
  }
}
