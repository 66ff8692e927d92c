package org.dl4j.q4.layers;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A 4-bit dense or output layer equals the stock layer holding the quantized weights, a fast one
 * the stock layer holding the same weights: bit for bit where both run the same matrix products,
 * else within rounding.
 */
class DenseEqualityTest {

  @Property(tries = 60)
  void aDenseLayerEqualsTheStockOneHoldingItsWeights(
      @ForAll("types") DataType type,
      @ForAll @IntRange(min = 1, max = 9) int in,
      @ForAll @IntRange(min = 1, max = 9) int out,
      @ForAll boolean bias,
      @ForAll boolean layerNorm,
      @ForAll("activations") Activation activation,
      @ForAll("quantizations") WeightQuantization quantization) {
    DenseLayer stock =
        new DenseLayer.Builder()
            .nIn(in)
            .nOut(out)
            .hasBias(bias)
            .hasLayerNorm(layerNorm)
            .activation(activation)
            .build();
    Q4DenseLayer ours =
        new Q4DenseLayer.Builder()
            .nIn(in)
            .nOut(out)
            .hasBias(bias)
            .hasLayerNorm(layerNorm)
            .activation(activation)
            .quantization(quantization)
            .build();
    MultiLayerNetwork our = Networks.of(type, ours);
    MultiLayerNetwork reference = Networks.of(type, stock);
    Networks.copyQuantized(our, reference);
    INDArray input = Nd4j.randn(type, 4, in);
    INDArray gradient = Nd4j.randn(type, 4, out);

    assertEqual(type, Pass.of(reference, input, gradient), Pass.of(our, input, gradient));

    FastDenseLayer fast =
        new FastDenseLayer.Builder()
            .nIn(in)
            .nOut(out)
            .hasBias(bias)
            .hasLayerNorm(layerNorm)
            .activation(activation)
            .build();
    MultiLayerNetwork same = Networks.of(type, fast);
    same.setParams(reference.params());
    assertEqual(type, Pass.of(reference, input, gradient), Pass.of(same, input, gradient));
  }

  private static void assertEqual(DataType type, Pass expected, Pass actual) {
    if (Kernels.current().dense(type).isPresent()) {
      Pass.assertClose(expected, actual);
    } else {
      Pass.assertIdentical(expected, actual);
    }
  }

  @Property(tries = 40)
  void anOutputLayerEqualsTheStockOneHoldingItsWeights(
      @ForAll("types") DataType type,
      @ForAll @IntRange(min = 1, max = 9) int in,
      @ForAll @IntRange(min = 2, max = 9) int out,
      @ForAll boolean bias,
      @ForAll("losses") Tuple.Tuple2<LossFunction, Activation> loss,
      @ForAll("quantizations") WeightQuantization quantization) {
    OutputLayer stock =
        new OutputLayer.Builder(loss.get1())
            .nIn(in)
            .nOut(out)
            .hasBias(bias)
            .activation(loss.get2())
            .build();
    Q4OutputLayer ours =
        new Q4OutputLayer.Builder(loss.get1())
            .nIn(in)
            .nOut(out)
            .hasBias(bias)
            .activation(loss.get2())
            .quantization(quantization)
            .build();
    MultiLayerNetwork our = Networks.of(type, ours);
    MultiLayerNetwork reference = Networks.of(type, stock);
    Networks.copyQuantized(our, reference);
    INDArray input = Nd4j.randn(type, 4, in);
    INDArray labels = Nd4j.eye(out).castTo(type).getRows(0, 1, 0, 1);

    assertEqual(type, Pass.ofLoss(reference, input, labels), Pass.ofLoss(our, input, labels));
  }

  @Property(tries = 20)
  void equalInTheWorkspacesOfATrainingStep(
      @ForAll("types") DataType type, @ForAll("quantizations") WeightQuantization quantization) {
    DenseLayer.Builder stock = new DenseLayer.Builder().nIn(5).nOut(3);
    Q4DenseLayer.Builder ours =
        new Q4DenseLayer.Builder().nIn(5).nOut(3).quantization(quantization);
    LossLayer loss = new LossLayer.Builder(LossFunction.MSE).build();
    MultiLayerNetwork reference =
        Networks.of(type, stock.activation(Activation.TANH).build(), loss.clone());
    MultiLayerNetwork our =
        Networks.of(type, ours.activation(Activation.TANH).build(), loss.clone());
    Networks.copyQuantized(our, reference);
    INDArray input = Nd4j.randn(type, 4, 5);
    INDArray labels = Nd4j.randn(type, 4, 3);

    assertEqual(type, Pass.ofLoss(reference, input, labels), Pass.ofLoss(our, input, labels));
  }

  @Provide
  Arbitrary<DataType> types() {
    return Arbitraries.of(DataType.FLOAT, DataType.DOUBLE);
  }

  @Provide
  Arbitrary<Activation> activations() {
    return Arbitraries.of(
        Activation.IDENTITY,
        Activation.RELU,
        Activation.TANH,
        Activation.ELU,
        Activation.SOFTPLUS,
        Activation.SOFTMAX);
  }

  @Provide
  Arbitrary<Tuple.Tuple2<LossFunction, Activation>> losses() {
    return Arbitraries.of(
        Tuple.of(LossFunction.MCXENT, Activation.SOFTMAX),
        Tuple.of(LossFunction.MSE, Activation.IDENTITY),
        Tuple.of(LossFunction.XENT, Activation.SIGMOID));
  }

  @Provide
  Arbitrary<WeightQuantization> quantizations() {
    return Combinators.combine(
            Arbitraries.integers().between(2, 8),
            Arbitraries.of(Granularity.class),
            Arbitraries.of(ScaleMode.class))
        .as((bits, granularity, mode) -> new WeightQuantization(bits, granularity, mode, 3));
  }
}
