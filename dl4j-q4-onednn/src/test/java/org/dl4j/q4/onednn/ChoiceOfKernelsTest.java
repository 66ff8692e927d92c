package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.kernels.KernelSet;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.kernels.PoolingSpec;
import org.dl4j.q4.kernels.Window2d;
import org.dl4j.q4.onednn.runtime.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What a user of this module gets, by the system property and by the case at hand. */
class ChoiceOfKernelsTest {

  private final String before = System.getProperty(Kernels.PROPERTY);

  @BeforeAll
  static void onlyWithOneDnn() {
    Available.assumeOneDnn();
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(Kernels.PROPERTY);
    } else {
      System.setProperty(Kernels.PROPERTY, before);
    }
  }

  @ParameterizedTest
  @CsvSource({"f32, f32", "nd4j, nd4j", "auto, f32"})
  void thePropertyChooses(String wish, String chosen) {
    System.setProperty(Kernels.PROPERTY, wish);

    assertEquals(chosen, Kernels.current().name());
  }

  @Test
  void withoutTheProperty() {
    System.clearProperty(Kernels.PROPERTY);

    assertEquals("f32", Kernels.current().name());
  }

  @Test
  void bf16IsTakenWhereTheCpuHasIt() {
    System.setProperty(Kernels.PROPERTY, "bf16");

    assertEquals(Engine.hasBf16() ? "bf16" : "f32", Kernels.current().name());
    assertEquals(
        Engine.hasBf16() ? List.of("bf16", "f32", "nd4j") : List.of("f32", "nd4j"),
        Kernels.available());
  }

  @Test
  void bf16SaysWhyItIsNotAvailable() {
    Optional<String> expected =
        Engine.hasBf16()
            ? Optional.empty()
            : Optional.of("this CPU has neither AVX512-BF16 nor AMX");

    assertEquals(expected, new Bf16Kernels().unavailable());
  }

  @Test
  void theDescriptionNamesVersionAndInstructions() {
    String f32 = new F32Kernels().describe();

    assertTrue(f32.matches("oneDNN \\d+\\.\\d+\\.\\d+ \\(\\w+\\), FP32"), f32);
    assertTrue(new Bf16Kernels().describe().endsWith("products in bf16"));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, true", "DOUBLE, false", "HALF, false", "BFLOAT16, false"})
  void floatNetworksAlone(DataType type, boolean there) {
    for (KernelSet set : List.of(new F32Kernels(), new Bf16Kernels())) {
      assertEquals(there, set.convolution(window(ConvolutionMode.Same, 1), type).isPresent());
      assertEquals(there, set.dense(type).isPresent());
      assertEquals(
          there, set.batchNorm(new BatchNormSpec(CNN2DFormat.NHWC, 1e-5, true), type).isPresent());
      assertEquals(there, set.pooling(pooling(PoolingType.MAX), type).isPresent());
      assertEquals(there, set.relu(type).isPresent());
    }
  }

  @Test
  void whatOneDnnDoesNotTakeIsLeftToDeeplearning4j() {
    KernelSet f32 = new F32Kernels();

    assertTrue(f32.convolution(window(ConvolutionMode.Same, 4), DataType.FLOAT).isEmpty());
    assertTrue(f32.convolution(window(ConvolutionMode.Truncate, 4), DataType.FLOAT).isPresent());
    assertTrue(f32.pooling(pooling(PoolingType.PNORM), DataType.FLOAT).isEmpty());
  }

  private static Window2d window(ConvolutionMode mode, int stride) {
    return new Window2d(
        new int[] {3, 3},
        new int[] {stride, stride},
        new int[2],
        new int[] {1, 1},
        mode,
        CNN2DFormat.NHWC);
  }

  private static PoolingSpec pooling(PoolingType type) {
    return new PoolingSpec(
        new SubsamplingLayer.Builder(type).kernelSize(2, 2).pnorm(2).build(),
        ConvolutionMode.Truncate);
  }
}
