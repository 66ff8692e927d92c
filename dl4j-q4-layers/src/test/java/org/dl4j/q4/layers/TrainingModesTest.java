package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertClose;
import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryType;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Settings of the network, not of a layer, that change how a step runs but never its result. */
class TrainingModesTest {

  @ParameterizedTest
  @EnumSource(ScaleMode.class)
  void workspacesMakeNoDifference(ScaleMode mode) {
    WeightQuantization quantization = WeightQuantization.PAPER.withScaleMode(mode);
    MultiLayerNetwork with = SmallNetwork.withPaperRecipe(quantization);
    MultiLayerNetwork without = SmallNetwork.withPaperRecipe(quantization);
    without.getLayerWiseConfigurations().setTrainingWorkspaceMode(WorkspaceMode.NONE);
    without.getLayerWiseConfigurations().setInferenceWorkspaceMode(WorkspaceMode.NONE);

    SmallNetwork.data(3).forEach(with::fit);
    SmallNetwork.data(3).forEach(without::fit);

    assertIdentical("parameters", without.params(), with.params());
    INDArray features = SmallNetwork.features();
    assertIdentical("output", without.output(features), with.output(features));
  }

  @ParameterizedTest
  @EnumSource(CacheMode.class)
  void cachedActivationsAndChangingBatchSizesAreTheParents(CacheMode cache) {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      MultiLayerNetwork fast =
          network(
              cache,
              format,
              new FastConvolutionLayer.Builder(3, 3),
              new FastBatchNormalization.Builder());
      MultiLayerNetwork stock =
          network(
              cache, format, new ConvolutionLayer.Builder(3, 3), new BatchNormalization.Builder());

      for (int batch : new int[] {4, 2, 7, 3}) {
        INDArray input =
            format == CNN2DFormat.NCHW
                ? Nd4j.randn(DataType.FLOAT, batch, 2, 5, 4)
                : Nd4j.randn(DataType.FLOAT, batch, 5, 4, 2);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, 2);
        labels.getColumn(0).assign(1);
        fast.fit(input, labels);
        stock.fit(input, labels);
      }

      assertClose("parameters", stock.params(), fast.params(), 1e-4);
    }
  }

  private static <T extends ConvolutionLayer.BaseConvBuilder<T>> MultiLayerNetwork network(
      CacheMode cache, CNN2DFormat format, T convolution, BatchNormalization.Builder norm) {
    return Networks.of(
        new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)).cacheMode(cache),
        InputType.convolutional(5, 4, 2, format),
        convolution.nOut(3).activation(Activation.TANH).build(),
        norm.build(),
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(2)
            .activation(Activation.SOFTMAX)
            .build());
  }

  @ParameterizedTest
  @EnumSource(ScaleMode.class)
  void memoryReportsCountTheParameters(ScaleMode mode) {
    MultiLayerNetwork network =
        SmallNetwork.create(
            new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)),
            WeightQuantization.PAPER.withScaleMode(mode));

    MemoryReport report = network.getLayerWiseConfigurations().getMemoryReport(SmallNetwork.INPUT);

    long bytes =
        report.getMemoryBytes(
            MemoryType.PARAMETERS, 1, MemoryUseMode.INFERENCE, CacheMode.NONE, DataType.FLOAT);
    assertEquals(4 * network.numParams(), bytes);
  }
}
