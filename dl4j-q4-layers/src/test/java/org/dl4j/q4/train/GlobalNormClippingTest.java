package org.dl4j.q4.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GlobalNormClippingTest {

  private static NeuralNetConfiguration.Builder builder(boolean miniBatch) {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.DOUBLE)
        .seed(3)
        .updater(new Sgd(1))
        .miniBatch(miniBatch);
  }

  private static OutputLayer linear() {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nIn(2)
        .nOut(1)
        .activation(Activation.IDENTITY)
        .build();
  }

  /**
   * y = w·x + b with w = b = 0, loss (y − 1)² of x = (3, 4): the gradient is −2·(3, 4, 1), of norm
   * 2·√26. Two equal examples have the same mean.
   */
  private static final INDArray FEATURES = Nd4j.createFromArray(new double[][] {{3, 4}, {3, 4}});

  private static final INDArray LABELS = Nd4j.createFromArray(new double[][] {{1}, {1}});
  private static final double NORM = 2 * Math.sqrt(26);

  private static double[] weightsAfterAStep(boolean miniBatch, double maxNorm) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(builder(miniBatch).list().layer(linear()).build());
    network.init();
    network.params().assign(0);
    network.addListeners(new GlobalNormClipping(maxNorm));
    network.fit(FEATURES, LABELS);
    return network.params().reshape(3).toDoubleVector();
  }

  @Test
  void scalesTheMeanGradientToTheNorm() {
    double factor = 0.5 / (NORM + 1e-6);
    assertArrayEquals(
        new double[] {6 * factor, 8 * factor, 2 * factor}, weightsAfterAStep(true, 0.5), 1e-12);
  }

  @Test
  void comparesTheSumWhereDl4jDoesNotDivideIt() {
    double factor = 0.5 / (2 * NORM + 1e-6);
    assertArrayEquals(
        new double[] {12 * factor, 16 * factor, 4 * factor}, weightsAfterAStep(false, 0.5), 1e-12);
  }

  @Test
  void leavesASmallerGradientAlone() {
    assertArrayEquals(new double[] {6, 8, 2}, weightsAfterAStep(true, NORM + 1), 1e-12);
  }

  @Test
  void worksOnAComputationGraph() {
    ComputationGraph graph =
        new ComputationGraph(
            builder(true)
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", linear(), "in")
                .setOutputs("out")
                .build());
    graph.init();
    graph.params().assign(0);
    graph.addListeners(new GlobalNormClipping(0.5));
    graph.fit(new INDArray[] {FEATURES}, new INDArray[] {LABELS});

    double factor = 0.5 / (NORM + 1e-6);
    assertArrayEquals(
        new double[] {6 * factor, 8 * factor, 2 * factor},
        graph.params().reshape(3).toDoubleVector(),
        1e-12);
  }

  /**
   * One norm over all layers, and the running statistics of batch norm neither in it nor scaled.
   */
  @Test
  void isGlobalAndSparesRunningStatistics() {
    MultiLayerNetwork clipped = deep();
    MultiLayerNetwork free = deep();
    clipped.addListeners(new GlobalNormClipping(1e-3));
    INDArray before = free.params().dup();
    INDArray x = Nd4j.rand(DataType.DOUBLE, 8, 4).muli(10);
    INDArray y = Nd4j.rand(DataType.DOUBLE, 8, 2);

    clipped.fit(x, y);
    free.fit(x, y);

    for (String statistic : new String[] {"1_mean", "1_log10stdev"}) {
      assertEquals(free.getParam(statistic), clipped.getParam(statistic), statistic);
      assertTrue(free.getParam(statistic).norm2Number().doubleValue() > 1e-2, statistic);
    }
    double squares = 0;
    double ratio = Double.NaN;
    for (String name : clipped.paramTable().keySet()) {
      if (name.equals("1_mean") || name.equals("1_log10stdev")) {
        continue;
      }
      INDArray original = part(before, free, name);
      double step = clipped.getParam(name).sub(original).norm2Number().doubleValue();
      double freeStep = free.getParam(name).sub(original).norm2Number().doubleValue();
      squares += step * step;
      if (freeStep > 1e-6) {
        ratio = Double.isNaN(ratio) ? step / freeStep : ratio;
        assertEquals(ratio, step / freeStep, 1e-6 * ratio, "the same factor for " + name);
      }
    }
    assertEquals(1e-3, Math.sqrt(squares), 1e-8);
  }

  private static MultiLayerNetwork deep() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            builder(true)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.TANH).build())
                .layer(new FastBatchNormalization.Builder().nIn(5).nOut(5).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(5)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static INDArray part(INDArray flatBefore, MultiLayerNetwork like, String name) {
    MultiLayerNetwork copy = like.clone();
    copy.setParams(flatBefore);
    return copy.getParam(name);
  }

  /** Whichever of the two was added first. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsListenersTheNorms(boolean clippingFirst) {
    List<GradientNorms> heard = new ArrayList<>();
    TrainingListener hearing = new Hearing(heard);
    TrainingListener clipping = new GlobalNormClipping(0.5);
    MultiLayerNetwork network = new MultiLayerNetwork(builder(true).list().layer(linear()).build());
    network.init();
    network.params().assign(0);
    network.setListeners(clippingFirst ? List.of(clipping, hearing) : List.of(hearing, clipping));

    network.fit(FEATURES, LABELS);

    assertEquals(1, heard.size());
    assertEquals(NORM, heard.get(0).total(), 1e-12);
    assertEquals(10, heard.get(0).of("0_W").orElseThrow(), 1e-12); // 2·‖(3, 4)‖
    assertEquals(2, heard.get(0).of("0_b").orElseThrow(), 1e-12);
    assertTrue(heard.get(0).of("1_W").isEmpty());
    assertEquals(0.5 / (NORM + 1e-6), heard.get(0).factor(), 1e-12);
  }

  private static final class Hearing extends BaseTrainingListener implements GradientNormListener {
    private final List<GradientNorms> heard;

    Hearing(List<GradientNorms> heard) {
      this.heard = heard;
    }

    @Override
    public void onGradientNorms(Model model, GradientNorms norms) {
      heard.add(norms);
    }
  }

  @Test
  void refusesWhatIsNoNormAndNoNetwork() {
    assertThrows(IllegalArgumentException.class, () -> new GlobalNormClipping(0));
    assertThrows(IllegalArgumentException.class, () -> new GlobalNormClipping(Double.NaN));
    Model layer = deep().getLayer(0);
    assertThrows(
        IllegalArgumentException.class,
        () -> new GlobalNormClipping(1).onGradientCalculation(layer));
  }
}
