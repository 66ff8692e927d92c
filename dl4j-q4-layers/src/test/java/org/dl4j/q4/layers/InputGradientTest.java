package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.BaseInputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.kernels.Window2d;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The first layer leaves the gradient at its input out where, and only where, nobody reads it. */
class InputGradientTest {

  private static final double TOLERANCE = ArrayAssert.tolerance(DataType.FLOAT);
  private static final INDArray IMAGES = Nd4j.randn(DataType.FLOAT, 4, 2, 6, 5);
  private static final INDArray LABELS = Nd4j.eye(3).castTo(DataType.FLOAT).getRows(0, 1, 2, 0);

  @Test
  void calculateGradientsGivesIt() {
    MultiLayerNetwork fast = classifier(fast(), fast());
    MultiLayerNetwork stock = classifier(stock(), stock());
    fast.setParams(stock.params());

    assertClose(
        "input gradient",
        stock.calculateGradients(IMAGES, LABELS, null, null).getSecond(),
        fast.calculateGradients(IMAGES, LABELS, null, null).getSecond(),
        TOLERANCE);
    fast.fit(IMAGES, LABELS);
    fast.setParams(stock.params());
    assertClose(
        "input gradient after a step without it",
        stock.calculateGradients(IMAGES, LABELS, null, null).getSecond(),
        fast.calculateGradients(IMAGES, LABELS, null, null).getSecond(),
        TOLERANCE);
  }

  @Test
  void backpropGradientGivesIt() {
    MultiLayerNetwork fast = Networks.of(DataType.FLOAT, fast(), fast());
    MultiLayerNetwork stock = Networks.of(DataType.FLOAT, stock(), stock());
    fast.setParams(stock.params());
    INDArray gradient = Nd4j.randn(DataType.FLOAT, stock.output(IMAGES).shape());

    Pass.assertClose(Pass.of(stock, IMAGES, gradient), Pass.of(fast, IMAGES, gradient));
  }

  @Test
  void aGraphGivesItToWhatStandsBeforeTheLayer() {
    ComputationGraph fast = classifier(stock(), fast()).toComputationGraph();
    ComputationGraph stock = classifier(stock(), stock()).toComputationGraph();
    fast.setParams(stock.params());

    for (ComputationGraph graph : List.of(fast, stock)) {
      graph.fit(new INDArray[] {IMAGES}, new INDArray[] {LABELS});
    }

    assertClose("parameters", stock.params(), fast.params(), TOLERANCE);
  }

  @Test
  void trainingWithoutItGivesTheParametersOfTrainingWithIt() {
    MultiLayerNetwork without = classifier(fast(), fast());
    // Here the convolution does not stand first.
    MultiLayerNetwork with =
        classifier(new FastActivationLayer(Activation.IDENTITY), fast(), fast());
    with.setParams(without.params());
    INDArray before = without.params().dup();

    for (int i = 0; i < 3; i++) {
      without.fit(IMAGES, LABELS);
      with.fit(IMAGES, LABELS);
    }

    assertIdentical("parameters", with.params(), without.params());
    assertNotEquals(before, without.params());
  }

  @Test
  void itIsLeftOutInATrainingStepAlone() {
    assumeTrue(
        Kernels.current().convolution(Window2d.of(fast()), DataType.FLOAT).isPresent(),
        "Deeplearning4j's own code always computes it");
    MultiLayerNetwork network = classifier(fast(), fast());
    RecordingPreProcessor before = new RecordingPreProcessor();
    network.getLayerWiseConfigurations().getInputPreProcessors().put(0, before);

    network.fit(IMAGES, LABELS);
    network.calculateGradients(IMAGES, LABELS, null, null);
    network.fit(IMAGES, LABELS);

    assertEquals(List.of(false, true, false), before.anyGradient);
  }

  private static ConvolutionLayer fast() {
    return set(new FastConvolutionLayer.Builder(3, 3)).build();
  }

  private static ConvolutionLayer stock() {
    return set(new ConvolutionLayer.Builder(3, 3)).build();
  }

  private static <T extends ConvolutionLayer.BaseConvBuilder<T>> T set(T builder) {
    return builder.padding(1, 1).nIn(2).nOut(2).activation(Activation.TANH);
  }

  private static MultiLayerNetwork classifier(Layer... front) {
    List<Layer> layers = new ArrayList<>(List.of(front));
    layers.add(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(3)
            .activation(Activation.SOFTMAX)
            .build());
    return Networks.of(
        new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)),
        InputType.convolutional(6, 5, 2),
        layers.toArray(new Layer[0]));
  }

  /** Notes whether the gradient at the network's input is anything but zeros. */
  private static final class RecordingPreProcessor extends BaseInputPreProcessor {

    final List<Boolean> anyGradient = new ArrayList<>();

    @Override
    public INDArray preProcess(INDArray input, int batch, LayerWorkspaceMgr workspaces) {
      return input;
    }

    @Override
    public INDArray backprop(INDArray gradient, int batch, LayerWorkspaceMgr workspaces) {
      anyGradient.add(gradient.amaxNumber().doubleValue() > 0);
      return gradient;
    }

    @Override
    public InputType getOutputType(InputType inputType) {
      return inputType;
    }
  }
}
