package org.dl4j.q4.samediff;

import static org.dl4j.q4.samediff.Bits.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import org.dl4j.q4.kernels.NativeBuild;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What docs/samediff.md says of SameDiff's array cache, on a graph of stock operations alone. */
class ArrayCacheTest {

  private static final DataType TYPE = DataType.FLOAT;

  private static Map<String, INDArray> gradients(SameDiff sd) {
    return sd.calculateGradients(
        SmallCnn.placeholders(TYPE, 0), List.of("kernel", "bias", "weights", "scoreBias"));
  }

  @Test
  void withItTheSecondGradientsOfAGraphAreWrong() {
    assumeTrue(NativeBuild.hasOneDnn(), "the plain build computes this graph rightly");
    SameDiff sd = SmallCnn.stock(TYPE);
    assertNotEquals(gradients(sd), gradients(sd), "Deeplearning4j's defect is gone: say so");
  }

  @Test
  void withoutItTheyAreTheSame() {
    ArrayCache.without(
        () -> {
          SameDiff sd = SmallCnn.stock(TYPE);
          assertIdentical(gradients(sd), gradients(sd));
        });
  }
}
