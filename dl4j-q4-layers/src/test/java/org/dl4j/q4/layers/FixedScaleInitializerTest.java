package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.elements;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.train.DecoupledWeightDecay;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FixedScaleInitializerTest {

  private static final int WEIGHTS_AND_BIASES = 3 * 2 + 2;

  @Test
  void theScaleFollowsTheParentsParameters() {
    Q4DenseLayer layer = layer(Granularity.PER_CHANNEL);
    ParamInitializer initializer = layer.initializer();
    INDArray flat = dirty();

    Map<String, INDArray> params = initializer.init(conf(layer), flat, true);

    assertEquals(List.of("W", "b", "s"), initializer.paramKeys(layer));
    assertEquals(WEIGHTS_AND_BIASES + 2, initializer.numParams(layer));
    assertArrayEquals(new double[2], elements(params.get("s"))); // whatever the memory held
    params.get("s").assign(7);
    assertEquals(7, flat.getDouble(WEIGHTS_AND_BIASES));
    assertEquals(7, flat.getDouble(WEIGHTS_AND_BIASES + 1));
  }

  @Test
  void savedParametersAreKept() {
    Q4DenseLayer layer = layer(Granularity.PER_CHANNEL);
    INDArray flat = Nd4j.createFromArray(1f, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    Map<String, INDArray> params = layer.initializer().init(conf(layer), flat, false);

    assertArrayEquals(new double[] {9, 10}, elements(params.get("s")));
  }

  @Test
  void gradientsAreViewsInTheSamePlaces() {
    Q4DenseLayer layer = layer(Granularity.PER_CHANNEL);
    INDArray flat = Nd4j.createFromArray(1f, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    Map<String, INDArray> gradients =
        layer.initializer().getGradientsFromFlattened(conf(layer), flat);

    assertArrayEquals(new long[] {3, 2}, gradients.get("W").shape());
    assertArrayEquals(new double[] {7, 8}, elements(gradients.get("b")));
    assertArrayEquals(new double[] {9, 10}, elements(gradients.get("s")));
  }

  @Test
  void theScaleIsNeitherWeightNorBias() {
    Q4DenseLayer layer = layer(Granularity.PER_TENSOR);
    layer.setRegularization(List.of(new DecoupledWeightDecay(0.1)));
    layer.setRegularizationBias(layer.getRegularization());
    ParamInitializer initializer = layer.initializer();

    assertFalse(initializer.isWeightParam(layer, "s"));
    assertFalse(initializer.isBiasParam(layer, "s"));
    assertEquals(List.of("W"), initializer.weightKeys(layer));
    assertEquals(List.of("b"), initializer.biasKeys(layer));
    assertNull(layer.getRegularizationByParam("s"));
    assertEquals(WEIGHTS_AND_BIASES + 1, initializer.numParams(layer));
  }

  @Test
  void aDynamicScaleLeavesTheParentsInitializer() {
    assertSame(
        DefaultParamInitializer.getInstance(), new Q4DenseLayer.Builder().build().initializer());
  }

  private static Q4DenseLayer layer(Granularity granularity) {
    return new Q4DenseLayer.Builder()
        .nIn(3)
        .nOut(2)
        .weightInit(WeightInit.XAVIER)
        .scaleMode(ScaleMode.FIXED)
        .granularity(granularity)
        .build();
  }

  private static NeuralNetConfiguration conf(Q4DenseLayer layer) {
    return new NeuralNetConfiguration.Builder().layer(layer).build();
  }

  private static INDArray dirty() {
    return Nd4j.valueArrayOf(new long[] {WEIGHTS_AND_BIASES + 2}, Double.NaN, DataType.FLOAT);
  }
}
