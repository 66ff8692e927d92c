package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Weight noise is drawn once for each training step and quantized after. Deeplearning4j's own
 * layers keep a draw for ever once oneDNN is on, and after a forward pass without a backward pass.
 */
class WeightNoiseTest {

  @ParameterizedTest
  @MethodSource("layers")
  void bothPassesOfAStepUseItsOwnDraw(FeedForwardLayer layer) {
    CountingNoise noise = new CountingNoise();
    layer.setWeightNoise(noise);
    MultiLayerNetwork network = Networks.of(DataType.FLOAT, layer);
    INDArray input =
        layer instanceof ConvolutionLayer
            ? Nd4j.randn(DataType.FLOAT, 2, 2, 5, 5)
            : Nd4j.randn(DataType.FLOAT, 2, 2);
    INDArray output = network.output(input); // inference: no noise
    INDArray gradient = Nd4j.randn(DataType.FLOAT, output.shape());
    network.setInput(input);
    network.feedForward(true, false);
    INDArray inputGradient =
        network.backpropGradient(gradient.dup(), null).getSecond().div(noise.factor(1));

    for (int draw = 2; draw <= 6; draw++) {
      network.setInput(input);
      INDArray noisy = network.feedForward(true, false).get(1);
      assertEquals(draw, noise.draws());
      assertClose("output", output.mul(noise.factor(draw)), noisy, 1e-5);
      if (draw % 2 == 0) { // the others are forward passes without a backward pass
        assertClose(
            "input gradient",
            inputGradient.mul(noise.factor(draw)),
            network.backpropGradient(gradient.dup(), null).getSecond(),
            1e-5);
        assertEquals(draw, noise.draws());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void trainingDrawsOnceForEachLayerAndStep(boolean plainPath) {
    int steps = 4;
    CountingNoise noise = new CountingNoise();
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder().updater(new Sgd(0.01)).weightNoise(noise);
    MultiLayerNetwork network;
    if (plainPath) {
      try (PlainPath ignored = new PlainPath()) {
        network = SmallNetwork.create(builder, WeightQuantization.PAPER);
      }
    } else {
      network = SmallNetwork.create(builder, WeightQuantization.PAPER);
    }
    // What this draws and leaves behind must not be taken for the first step's noise.
    network.feedForward(SmallNetwork.features(), true);
    int before = noise.draws();

    network.fit(new ExistingDataSetIterator(SmallNetwork.data(steps)));

    assertEquals(3 * steps, noise.draws() - before); // convolution, dense, output
  }

  @Test
  void everyBackwardPassOfAnOutputLayerDrawsAnew() {
    // DL4J's output layers keep their noise until the network clears it, for the score after the
    // backward pass; whoever calls the layer itself would train on one draw for ever.
    CountingNoise noise = new CountingNoise();
    Q4OutputLayer conf = new Q4OutputLayer.Builder(LossFunction.MSE).nIn(3).nOut(2).build();
    conf.setWeightNoise(noise);
    IOutputLayer layer = (IOutputLayer) Networks.of(DataType.FLOAT, conf).getOutputLayer();
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    layer.setBackpropGradientsViewArray(Nd4j.create(DataType.FLOAT, 1, layer.numParams()));
    layer.setInput(Nd4j.randn(DataType.FLOAT, 4, 3), workspaces);
    layer.setLabels(Nd4j.randn(DataType.FLOAT, 4, 2));

    for (int step = 1; step <= 3; step++) {
      layer.backpropGradient(null, workspaces);
      assertEquals(step, noise.draws());
      layer.computeScore(0, true, workspaces); // of the same step
      assertEquals(step, noise.draws());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dropConnectKeepsTrainingOverAnIterator(boolean feedForwardFirst) {
    MultiLayerNetwork network =
        SmallNetwork.create(
            new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.05))
                .weightNoise(new DropConnect(0.8)),
            WeightQuantization.PAPER);
    List<INDArray> gradients = new ArrayList<>();
    network.addListeners(
        new BaseTrainingListener() {
          @Override
          public void onGradientCalculation(Model model) {
            gradients.add(((MultiLayerNetwork) model).getFlattenedGradients().dup());
          }
        });
    if (feedForwardFirst) {
      network.feedForward(SmallNetwork.features(), true);
    }

    // The same batch again and again: frozen noise would make the steps nearly equal.
    DataSet batch = SmallNetwork.data(1).get(0);
    for (int epoch = 0; epoch < 2; epoch++) {
      network.fit(new ExistingDataSetIterator(List.of(batch, batch, batch)));
    }

    assertEquals(6, gradients.size());
    for (int i = 1; i < gradients.size(); i++) {
      INDArray last = gradients.get(i - 1);
      double change = gradients.get(i).distance2(last) / last.norm2Number().doubleValue();
      assertTrue(change > 0.1, "gradient " + i + " changed by " + change);
    }
  }

  static Stream<FeedForwardLayer> layers() {
    return Stream.of(
        new Q4ConvolutionLayer.Builder(3, 3)
            .nIn(2)
            .nOut(3)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build(),
        new FastConvolutionLayer.Builder(3, 3)
            .nIn(2)
            .nOut(3)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build(),
        new Q4DenseLayer.Builder()
            .nIn(2)
            .nOut(3)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build());
  }
}
