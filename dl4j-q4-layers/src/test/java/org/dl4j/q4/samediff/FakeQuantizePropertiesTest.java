package org.dl4j.q4.samediff;

import static org.dl4j.q4.samediff.Bits.assertIdentical;
import static org.dl4j.q4.samediff.Bits.quantized;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The op's values are the quantizer's bit for bit, and its gradient is the one that comes in. */
class FakeQuantizePropertiesTest {

  @Provide
  Arbitrary<long[]> shapes() {
    return Arbitraries.longs().between(1, 6).array(long[].class).ofMinSize(1).ofMaxSize(5);
  }

  @Property(tries = 150)
  void valuesAreTheQuantizersAndTheGradientPasses(
      @ForAll("shapes") long[] shape,
      @ForAll @IntRange(min = 2, max = 8) int bits,
      @ForAll boolean perChannel,
      @ForAll boolean isDouble,
      @ForAll boolean fortran,
      @ForAll @IntRange(min = 0, max = 4) int dimension,
      @ForAll @IntRange(min = 0, max = 1000) int seed) {
    DataType type = isDouble ? DataType.DOUBLE : DataType.FLOAT;
    Granularity granularity =
        perChannel && shape.length > 1 ? Granularity.PER_CHANNEL : Granularity.PER_TENSOR;
    int channelDimension = dimension % shape.length;
    INDArray weights = SmallCnn.random(seed, type, shape).dup(fortran ? 'f' : 'c');
    INDArray factors = SmallCnn.random(seed + 1L, type, shape);
    WeightQuantization options =
        WeightQuantization.PAPER.withBits(bits).withGranularity(granularity);
    Quantizer quantizer = new Quantizer(bits, granularity, channelDimension);

    SameDiff sd = SameDiff.create();
    SDVariable variable = sd.var("w", weights.dup());
    SDVariable values = new SDQ4(sd, options).fakeQuantize("q", variable, channelDimension);
    sd.constant("factors", factors).mul(values).sum("loss").markAsLoss();

    assertIdentical("values", quantized(weights, quantizer), values.eval());
    Map<String, INDArray> gradients = sd.calculateGradients(Map.of(), "w", "q");
    assertIdentical("gradient of the values", factors, gradients.get("q"));
    assertIdentical("gradient of the weights", factors, gradients.get("w"));
    assertIdentical("the weights stay", weights, variable.getArr());
  }
}
