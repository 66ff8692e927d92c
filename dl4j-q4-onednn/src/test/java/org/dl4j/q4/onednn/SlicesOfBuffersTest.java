package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.kernels.PoolingSpec;
import org.dl4j.q4.onednn.runtime.Engine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every array may be a slice of a larger buffer: results are the same, and stay inside of it. */
class SlicesOfBuffersTest {

  @BeforeAll
  static void onlyWithOneDnn() {
    Available.assumeOneDnn();
  }

  static Stream<Arguments> formatsAndTypes() {
    Stream.Builder<Arguments> all = Stream.builder();
    for (CNN2DFormat format : CNN2DFormat.values()) {
      all.add(Arguments.of(format, false));
      if (Engine.problem().isEmpty() && Engine.hasBf16()) {
        all.add(Arguments.of(format, true));
      }
    }
    return all.build();
  }

  @ParameterizedTest
  @MethodSource("formatsAndTypes")
  void convolution(CNN2DFormat format, boolean bf16) {
    memory.data_type type = bf16 ? memory.data_type.bf16 : memory.data_type.f32;
    ConvolutionTrial trial = new ConvolutionTrial();
    trial.format = format;
    trial.x = Images.random(2, 3, 5, 4);
    trial.weights = Images.integers(7, 4, 3, 3, 3).muli(0.0137f);
    trial.scale = Bf16.scales(1, 0.0137);
    trial.bias = Images.random(4);
    trial.dy = Images.random(trial.outputShape());
    trial.run(type);

    OneDnnConvolution kernel = new OneDnnConvolution(trial.window(), type);
    Slice x = Slice.holding(Images.to(format, trial.x));
    KernelWeights w =
        KernelWeights.of(Slice.holding(trial.weights).array, Slice.holding(trial.scale).array);
    INDArray b = Slice.holding(trial.bias).array;
    Slice dy = Slice.holding(Images.to(format, trial.dy));
    Slice y = Slice.empty('c', dy.array.shape());
    Slice dx = Slice.empty('c', x.array.shape());
    Slice dw = Slice.empty('c', trial.weights.shape());
    Slice db = Slice.empty('c', 4);
    kernel.forward(x.array, w, b, y.array);
    kernel.backward(x.array, w, b, dy.array, dx.array, dw.array, db.array);

    assertSame("y", trial.y, Images.from(format, y.array), y);
    assertSame("dx", trial.dx, Images.from(format, dx.array), dx);
    assertSame("dw", trial.dw, dw.array, dw);
    assertSame("db", trial.db, db.array, db);
  }

  @Test
  void dense() {
    DenseTrial trial = new DenseTrial();
    trial.x = Images.random(4, 6);
    trial.weights = Images.random(6, 3);
    trial.bias = Images.random(3);
    trial.dy = Images.random(4, 3);
    trial.run(memory.data_type.f32);

    OneDnnDense kernel = new OneDnnDense(memory.data_type.f32);
    Slice x = Slice.holding(trial.x);
    Slice weights = Slice.empty('f', 6, 3); // as a layer's are
    weights.array.assign(trial.weights);
    KernelWeights w = KernelWeights.of(weights.array);
    Slice dy = Slice.holding(trial.dy);
    Slice y = Slice.empty('c', 4, 3);
    Slice dx = Slice.empty('c', 4, 6);
    Slice dw = Slice.empty('f', 6, 3);
    Slice db = Slice.empty('c', 3);
    kernel.forward(x.array, w, Slice.holding(trial.bias).array, y.array);
    kernel.backward(x.array, w, dy.array, dx.array, dw.array, db.array);

    assertSame("y", trial.y, y.array, y);
    assertSame("dx", trial.dx, dx.array, dx);
    assertSame("dw", trial.dw, dw.array.dup('c'), dw);
    assertSame("db", trial.db, db.array, db);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void batchNorm(CNN2DFormat format) {
    INDArray[] given = {
      Images.random(2, 3, 4, 3), Images.random(3), Images.random(3), Images.random(2, 3, 4, 3)
    };
    given[0] = Images.to(format, given[0]);
    given[3] = Images.to(format, given[3]);
    INDArray[] expected = {
      Images.dirtyLike(given[0]), Images.dirty(3), Images.dirty(3),
      Images.dirtyLike(given[0]), Images.dirty(3), Images.dirty(3)
    };
    batchNorm(format, given, expected);

    INDArray[] sliced = Stream.of(given).map(a -> Slice.holding(a).array).toArray(INDArray[]::new);
    Slice[] results =
        Stream.of(expected).map(a -> Slice.empty('c', a.shape())).toArray(Slice[]::new);
    batchNorm(format, sliced, Stream.of(results).map(s -> s.array).toArray(INDArray[]::new));

    for (int i = 0; i < expected.length; i++) {
      assertSame("result " + i, expected[i], results[i].array, results[i]);
    }
  }

  /** x, γ, β, dy in; y, mean, variance, dx, dγ, dβ out. */
  private static void batchNorm(CNN2DFormat format, INDArray[] in, INDArray[] out) {
    OneDnnBatchNorm kernel = new OneDnnBatchNorm(new BatchNormSpec(format, 1e-3, true));
    kernel.forwardTraining(in[0], in[1], in[2], out[0], out[1], out[2]);
    kernel.backward(in[0], out[1], out[2], in[1], in[2], in[3], out[3], out[4], out[5]);
  }

  @ParameterizedTest
  @EnumSource(CNN2DFormat.class)
  void pooling(CNN2DFormat format) {
    PoolingSpec spec =
        new PoolingSpec(
            new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .dataFormat(format)
                .build(),
            ConvolutionMode.Truncate);
    INDArray x = Images.to(format, Images.random(2, 3, 4, 6));
    INDArray dy = Images.random(spec.outputShape(x));
    INDArray y = Images.dirtyLike(dy);
    INDArray dx = Images.dirtyLike(x);
    OneDnnPooling kernel = new OneDnnPooling(spec);
    kernel.forward(x, y, true);
    kernel.backward(x, dy, dx);

    Slice slicedX = Slice.holding(x);
    Slice slicedY = Slice.empty('c', y.shape());
    Slice slicedDx = Slice.empty('c', x.shape());
    kernel.forward(slicedX.array, slicedY.array, true);
    kernel.backward(slicedX.array, Slice.holding(dy).array, slicedDx.array);

    assertSame("y", y, slicedY.array, slicedY);
    assertSame("dx", dx, slicedDx.array, slicedDx);
  }

  @Test
  void relu() {
    INDArray x = Images.random(3, 7);
    INDArray dy = Images.random(3, 7);
    INDArray y = Images.dirtyLike(x);
    INDArray dx = Images.dirtyLike(x);
    OneDnnRelu kernel = new OneDnnRelu();
    kernel.forward(x, y);
    kernel.backward(x, dy, dx);

    Slice slicedY = Slice.empty('c', 3, 7);
    Slice slicedDx = Slice.empty('c', 3, 7);
    kernel.forward(Slice.holding(x).array, slicedY.array);
    kernel.backward(Slice.holding(x).array, Slice.holding(dy).array, slicedDx.array);

    assertSame("y", y, slicedY.array, slicedY);
    assertSame("dx", dx, slicedDx.array, slicedDx);
  }

  private static void assertSame(String what, INDArray expected, INDArray actual, Slice slice) {
    assertEquals(expected, actual, what);
    slice.assertNothingWrittenAround(what);
  }
}
