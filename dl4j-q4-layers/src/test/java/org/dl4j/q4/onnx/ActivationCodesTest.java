package org.dl4j.q4.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4j.q4.quant.ActivationRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationCodesTest {

  /** s = (max − min) / 255 and z = −min / s, 0 among what is covered. */
  @ParameterizedTest
  @CsvSource({
    "-1, 1.55, 0.01, 100",
    "0, 5.1, 0.02, 0", // behind a ReLU
    "2, 5.1, 0.02, 0", // widened
    "-2.55, -1, 0.01, 255",
    "-0.127, 2.423, 0.01, 13", // 12.7
    "-3e38, 3e38, 2.352941e36, 128", // whose difference is no float
  })
  void ofARange(float min, float max, float scale, int zeroPoint) {
    ActivationCodes codes = ActivationCodes.of(new ActivationRange(min, max));
    assertEquals(scale, codes.scale(), 1e-6f * scale);
    assertEquals(zeroPoint, codes.zeroPoint());
  }

  @Test
  void zerosAlone() {
    ActivationCodes codes = ActivationCodes.of(new ActivationRange(0, 0));
    assertTrue(codes.scale() > 0);
    assertEquals(0, codes.zeroPoint());
  }
}
