package org.dl4j.q4.benchmarks.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.infer.Calibration;
import org.dl4j.q4.layers.FastConvolutionLayer;
import org.dl4j.q4.layers.FastDenseLayer;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.onnx.OnnxExport;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.Granularity;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Integers in ONNX Runtime beside floats here: as far apart as rounding to these scales brings
 * them. A number rounded to multiples of s is off by s/√12 in the root mean square, independently
 * of others. With the scale s of what is rounded, the weights W and their own scale w, of which the
 * rounding is off by nothing where they have been 4-bit codes before:
 *
 * <pre>
 *   v₀ = s₀²/12        vᵢ₊₁ = max over outputs of Σ(W²·vᵢ + x²·w²/12) + s²/12
 * </pre>
 */
class EightBitTest {

  private static final int EXAMPLES = 200;

  /** Without it, sums of 8-bit weights overflow on CPUs without VNNI; of 4-bit ones, none does. */
  private static final Map<String, String> EXACT_SUMS = Map.of("session.x64quantprecision", "1");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "PER_TENSOR, NCHW",
    "PER_TENSOR, NHWC",
    "PER_CHANNEL, NCHW",
    "PER_CHANNEL, NHWC",
    ", NCHW", // full precision
    ", NHWC"
  })
  void asFarApartAsRoundingCanBring(Granularity granularity, CNN2DFormat format) throws Exception {
    MultiLayerNetwork network = network(granularity, format);
    Nd4j.getRandom().setSeed(6);
    INDArray images =
        format == CNN2DFormat.NCHW
            ? Trained.random(EXAMPLES, 2, 8, 6)
            : Trained.random(EXAMPLES, 8, 6, 2);
    Map<String, ActivationRange> ranges =
        Calibration.ranges(
            network, new SingletonDataSetIterator(new DataSet(images, Nd4j.zeros(EXAMPLES, 3))), 1);
    Path file = folder.resolve("network.onnx");
    OnnxExport.builder().eightBitActivations(ranges).build().write(network, file);

    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OptimizedGraph graph = OptimizedGraph.of(file, options);
      graph.requireIntegers();
      assertEquals(1, graph.operators().get("QLinearConv"));
      assertEquals(2, graph.operators().get("QGemm"));
    }
    INDArray expected = network.output(images);
    INDArray found;
    try (OnnxModel onnx = new OnnxModel(file, granularity == null ? EXACT_SUMS : Map.of())) {
      found = onnx.output(images);
    }

    List<INDArray> activations = network.feedForward(images, false);
    double variance = rounding(ranges.get("input"));
    variance = behind(network, 0, variance, activations.get(0)) + rounding(ranges.get("conv"));
    variance = behind(network, 2, variance, activations.get(2)) + rounding(ranges.get("dense"));
    variance = behind(network, 3, variance, activations.get(3));
    double ratio = expected.distance2(found) / Math.sqrt(variance * expected.length());
    assertTrue(ratio < 0.6, () -> "off by " + ratio + " of what rounding brings");
    assertTrue(ratio > 0.2, () -> "off by " + ratio + " of it, as if nothing had been rounded");
  }

  private static double rounding(ActivationRange range) {
    double scale = (Math.max(range.max(), 0) - Math.min(range.min(), 0)) / 255;
    return scale * scale / 12;
  }

  private static double behind(
      MultiLayerNetwork network, int index, double variance, INDArray input) {
    org.deeplearning4j.nn.api.Layer layer = network.getLayer(index);
    INDArray codes = QuantizedWeights.values(layer).get("W");
    INDArray weights = codes == null ? layer.getParam("W") : codes;
    INDArray channels = // [out, in, height, width], or [in, out]
        index == 0 ? weights.reshape('c', weights.size(0), -1) : weights.transpose();
    double square = Math.pow(input.norm2Number().doubleValue(), 2) / input.length();
    double largest = 0;
    for (int i = 0; i < channels.size(0); i++) {
      INDArray channel = channels.getRow(i);
      double step = codes == null ? channel.amaxNumber().doubleValue() / 127 : 0;
      double sum = Math.pow(channel.norm2Number().doubleValue(), 2) * variance;
      largest = Math.max(largest, sum + channel.length() * square * step * step / 12);
    }
    return largest;
  }

  private static MultiLayerNetwork network(Granularity granularity, CNN2DFormat format) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Trained.builder()
                .list(layers(granularity))
                .setInputType(InputType.convolutional(8, 6, 2, format))
                .build());
    network.init();
    Nd4j.getRandom().setSeed(5);
    for (int layer : new int[] {0, 2, 3}) {
      INDArray bias = network.getLayer(layer).getParam("b");
      bias.assign(Nd4j.randn(DataType.FLOAT, bias.shape()).muli(0.3));
    }
    return network;
  }

  private static Layer[] layers(Granularity granularity) {
    Layer pool =
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(2, 2)
            .stride(2, 2)
            .build();
    if (granularity == null) {
      return new Layer[] {
        new FastConvolutionLayer.Builder(3, 3)
            .name("conv")
            .nOut(4)
            .padding(1, 1)
            .activation(Activation.RELU)
            .build(),
        pool,
        new FastDenseLayer.Builder().name("dense").nOut(6).activation(Activation.RELU).build(),
        new OutputLayer.Builder(LossFunction.MSE).nOut(3).activation(Activation.IDENTITY).build()
      };
    }
    return new Layer[] {
      new Q4ConvolutionLayer.Builder(3, 3)
          .name("conv")
          .nOut(4)
          .padding(1, 1)
          .granularity(granularity)
          .activation(Activation.RELU)
          .build(),
      pool,
      new Q4DenseLayer.Builder()
          .name("dense")
          .nOut(6)
          .granularity(granularity)
          .activation(Activation.RELU)
          .build(),
      new Q4OutputLayer.Builder(LossFunction.MSE)
          .nOut(3)
          .granularity(granularity)
          .activation(Activation.IDENTITY)
          .build()
    };
  }
}
