package org.dl4j.q4.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The output layers besides the plain one, against the stock ones with the quantized weights. */
class OutputLayerTypesTest {

  private static final class Case {
    private final Layer stock;
    private final Layer q4;
    private final InputType input;
    private final INDArray features;
    private final INDArray labels;

    Case(Layer.Builder<?> stock, Layer.Builder<?> q4, InputType input, long[] in, long[] out) {
      this.stock = stock.build();
      this.q4 = q4.build();
      this.input = input;
      Random random = Nd4j.getRandomFactory().getNewRandomInstance(Networks.SEED);
      this.features = Nd4j.rand(random, in).castTo(DataType.DOUBLE).subi(0.5);
      this.labels = Nd4j.rand(random, out).castTo(DataType.DOUBLE);
    }

    MultiLayerNetwork network(Layer layer) {
      return Networks.of(
          new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).updater(new Sgd(0.5)),
          input,
          layer);
    }

    @Override
    public String toString() {
      return q4.getClass().getSimpleName();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            new RnnOutputLayer.Builder(LossFunction.MSE).nOut(4).activation(Activation.TANH),
            new Q4RnnOutputLayer.Builder(LossFunction.MSE)
                .softClip(0)
                .nOut(4)
                .activation(Activation.TANH),
            InputType.recurrent(3, 5),
            new long[] {2, 3, 5},
            new long[] {2, 4, 5}),
        new Case(
            new CenterLossOutputLayer.Builder(LossFunction.MSE).nOut(4).lambda(0.1),
            new Q4CenterLossOutputLayer.Builder(LossFunction.MSE).softClip(0).nOut(4).lambda(0.1),
            InputType.feedForward(3),
            new long[] {6, 3},
            new long[] {6, 4}));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheStockLayerHoldingTheQuantizedWeights(Case layer) {
    MultiLayerNetwork ours = layer.network(layer.q4);
    MultiLayerNetwork stock = layer.network(layer.stock);
    Networks.copyQuantized(ours, stock);

    Pass.assertIdentical(
        Pass.ofLoss(stock, layer.features, layer.labels),
        Pass.ofLoss(ours, layer.features, layer.labels));
    DataSet data = new DataSet(layer.features, layer.labels);
    assertEquals(stock.score(data), ours.score(data), 0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsItWithOtherOptions(Case layer) {
    for (Granularity granularity : Granularity.values()) {
      for (ScaleMode mode : ScaleMode.values()) {
        Layer other = layer.q4.clone();
        ((QuantizedLayer) other).setQuantization(new WeightQuantization(3, granularity, mode, 0));
        MultiLayerNetwork ours = layer.network(other);
        ours.calculateGradients(layer.features, layer.labels, null, null); // sets a fixed scale
        MultiLayerNetwork stock = layer.network(layer.stock);
        Networks.copyQuantized(ours, stock);

        Pass.assertIdentical(
            Pass.ofLoss(stock, layer.features, layer.labels),
            Pass.ofLoss(ours, layer.features, layer.labels));
      }
    }
  }

  /** Each step computes with the weights of its own beginning, not with those of a pass before. */
  @ParameterizedTest
  @MethodSource("cases")
  void stepsFollowTheWeights(Case layer) {
    MultiLayerNetwork ours = layer.network(layer.q4);
    MultiLayerNetwork stock = layer.network(layer.stock);
    for (int step = 0; step < 3; step++) {
      INDArray before = ours.getParam("0_W").dup();
      Networks.copyQuantized(ours, stock);
      ours.setInput(layer.features);
      ours.feedForward(true, false); // a training pass without a backward pass
      ours.fit(layer.features, layer.labels);
      INDArray quantized = stock.getParam("0_W").dup();
      stock.fit(layer.features, layer.labels);

      // The same move from other weights.
      INDArray move = ours.getParam("0_W").sub(before);
      INDArray expected = stock.getParam("0_W").sub(quantized);
      assertEquals(0, move.distance2(expected), 1e-12 * expected.norm2Number().doubleValue());
      assertNotEquals(0, expected.norm2Number().doubleValue());
    }
  }
}
