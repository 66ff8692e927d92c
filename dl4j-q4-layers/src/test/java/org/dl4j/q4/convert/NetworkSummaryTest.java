package org.dl4j.q4.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.NetworkSummary.Tensor;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes counted by hand. */
class NetworkSummaryTest {

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).build();
  }

  /**
   * 5·7 = 35 weights at 3 bits are 105 bits, 14 bytes, and 7 scales 28; 7 biases 28. Frozen, 7·2 =
   * 14 weights are 42 bits, 6 bytes, and 2 scales 8; 2 biases 8. A fixed scale is no parameter
   * beside these.
   */
  @ParameterizedTest
  @EnumSource(ScaleMode.class)
  void countsBytes(ScaleMode mode) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(dense(5, 7))
                .layer(new FrozenLayer(dense(7, 2)))
                .build());
    network.init();
    MultiLayerNetwork q4 =
        Q4Converter.builder()
            .quantization(new WeightQuantization(3, Granularity.PER_CHANNEL, mode, 0))
            .build()
            .convert(network)
            .result();

    NetworkSummary summary = NetworkSummary.of(q4);

    assertEquals(
        List.of("W", "b", "W", "b"),
        summary.tensors().stream().map(Tensor::parameter).collect(Collectors.toList()));
    assertEquals(35 + 7 + 14 + 2, summary.parameters());
    assertEquals(35 + 14, summary.quantizedParameters());
    assertEquals(4 * 58, summary.floatBytes());
    assertEquals(14 + 28 + 28 + 6 + 8 + 8, summary.packedBytes());
  }
}
