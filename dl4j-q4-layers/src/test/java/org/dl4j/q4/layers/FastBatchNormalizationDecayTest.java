package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.train.DecoupledWeightDecay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Which regularizations reach γ and β. */
class FastBatchNormalizationDecayTest {

  private static final double LEARNING_RATE = 0.25;

  @ParameterizedTest
  @MethodSource("refused")
  void deeplearning4jsRegularizationsReachNothing(Regularization regularization) {
    assertIdentical("parameters", fitted(List.of()), fitted(List.of(regularization)));
  }

  static Stream<Regularization> refused() {
    return Stream.of(
        new L1Regularization(0.3), new L2Regularization(0.3), new WeightDecay(0.3, true));
  }

  @Test
  void decoupledDecayReachesGammaAndBetaAloneOnce() {
    double coefficient = 0.3;
    INDArray without = fitted(List.of());
    INDArray with =
        fitted(List.of(new L2Regularization(0.2), new DecoupledWeightDecay(coefficient)));

    // γ and β are the first 4 parameters, then come the running mean and deviation: w − lr·λ·w.
    INDArray expected = without.dup();
    for (int i = 0; i < 4; i++) {
      expected.putScalar(
          i, without.getDouble(i) - LEARNING_RATE * coefficient * initial().getDouble(i));
    }
    assertClose("parameters", expected, with, 1e-14);
  }

  @Test
  void betaTakesTheDecayOfBiases() {
    BatchNormalization layer = new FastBatchNormalization.Builder().nOut(2).build();
    layer.setRegularization(List.of(new DecoupledWeightDecay(0.1)));
    layer.setRegularizationBias(List.of(new DecoupledWeightDecay(0.2)));

    assertEquals(List.of(new DecoupledWeightDecay(0.1)), layer.getRegularizationByParam("gamma"));
    assertEquals(List.of(new DecoupledWeightDecay(0.2)), layer.getRegularizationByParam("beta"));
    for (String statistic : List.of("mean", "var", "log10stdev")) {
      assertNull(layer.getRegularizationByParam(statistic));
    }
  }

  /** The batch normalization's parameters after one step with these global regularizations. */
  private static INDArray fitted(List<Regularization> regularization) {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(LEARNING_RATE))
                .regularization(regularization)
                .regularizationBias(regularization),
            null,
            new FastBatchNormalization.Builder().nIn(2).nOut(2).build(),
            new OutputLayer.Builder(LossFunction.MSE).nIn(2).nOut(2).build());
    network.getLayer(0).setParams(initial());
    INDArray input = Nd4j.createFromArray(new double[][] {{1, -2}, {3, 0.5}, {-1, 2}});
    INDArray labels = Nd4j.createFromArray(new double[][] {{1, 0}, {0, 1}, {1, 0}});
    network.fit(input, labels);
    return network.getLayer(0).params().dup();
  }

  private static INDArray initial() {
    return Nd4j.createFromArray(0.8, 1.5, 0.4, -0.6, 0.1, 0.2, 0.05, -0.1);
  }
}
